import { type Call, ConnectionError, InvalidResponseError } from "./errors.js";

/**
 * Reads a body. That of a failure ends at the limit, and where it breaks: its status says enough.
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
  const announced = response.ok && Number(response.headers.get("content-length")) > limit;
  let size = 0;
  let excess = false;
  try {
    const reader = response.body?.getReader();
    const cancel = (): void => void reader?.cancel().catch(() => {});
    signal.addEventListener("abort", cancel);
    while (reader && !excess) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.byteLength;
      excess = announced || size > limit;
    }
    if (excess) cancel();
  } catch (cause) {
    if (response.ok) throw new ConnectionError(call, cause);
  }
  const body = join(chunks, size);
  if (excess && response.ok) {
    throw new InvalidResponseError(call, `with more than ${limit} bytes (maxResponseSize)`, response, decode(body));
  }
  return body.subarray(0, limit);
}

/** The text of a whole body: decoding it chunk by chunk takes Node.js several times as long. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function join(chunks: readonly Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/**
 * The JSON of a 2xx answer. What other methods than GET are answered can be nothing.
 *
 * @throws {InvalidResponseError} when it is not JSON
 */
export function parseJson(call: Call, response: Response, text: string): unknown {
  if (text === "" && call.method !== "GET") return undefined;
  if (text === "") throw new InvalidResponseError(call, "with an empty body", response, text);
  try {
    return JSON.parse(text);
  } catch {
    // Its error would be no cause to show: it quotes a few characters, which can be a part of a token.
    throw new InvalidResponseError(call, "with a body that is not JSON", response, text);
  }
}
