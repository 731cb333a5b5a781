import { type Call, ConnectionError, InvalidResponseError } from "./errors.js";

/** What a body can be read as. */
export type ParseAs = "json" | "text" | "blob" | "arrayBuffer" | "stream";

/**
 * Reads a body. That of a failure is empty when it breaks or is too large: its status says enough, and what is cut off
 * can end in a part of a token.
 *
 * @param limit in bytes
 * @param signal cancels the body
 * @throws {ConnectionError} when the body of a 2xx answer is cut off
 * @throws {InvalidResponseError} when the body of a 2xx answer is larger than `limit`, before it fills the memory
 */
export async function readBody(
  call: Call,
  response: Response,
  limit: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let cancel = (): void => {};
  try {
    const reader = response.body?.getReader();
    cancel = () => void reader?.cancel().catch(() => {});
    signal.addEventListener("abort", cancel);
    if (signal.aborted) cancel();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
      if (size > limit) {
        throw new InvalidResponseError(call, `with more than ${limit} bytes (maxResponseSize)`, response, "");
      }
    }
  } catch (cause) {
    cancel();
    if (response.ok) throw cause instanceof InvalidResponseError ? cause : new ConnectionError(call, cause);
    return new Uint8Array();
  }
  // In one piece, because decoding it chunk by chunk takes Node.js several times as long.
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const body = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}

/**
 * What openapi-fetch would make of the body of a 2xx answer. What other methods than GET are answered can be nothing.
 *
 * @throws {InvalidResponseError} when it should be JSON, and is not
 */
export async function parseBody(
  call: Call,
  response: Response,
  body: Uint8Array<ArrayBuffer>,
  parseAs: ParseAs = "json",
): Promise<unknown> {
  if (parseAs !== "json") {
    const { headers } = response;
    const whole = new Response(body, { headers });
    return parseAs === "stream" ? whole.body : whole[parseAs]();
  }
  const text = new TextDecoder().decode(body);
  try {
    return text || call.method === "GET" ? JSON.parse(text) : undefined;
  } catch {
    // Its error would be no cause to show: it quotes a few characters, which can be a part of a token.
    throw new InvalidResponseError(call, "with a body that is not JSON", response, text);
  }
}
