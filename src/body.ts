import { type Call, ConnectionError, InvalidResponseError } from "./errors.js";

/**
 * Reads a body as text. That of a failure is empty when it breaks or is too large: its status says enough, and what is
 * cut off can end in a part of a token.
 *
 * @param limit in bytes
 * @param signal cancels the body
 * @throws {ConnectionError} when the body of a 2xx answer is cut off
 * @throws {InvalidResponseError} when the body of a 2xx answer is larger than `limit`, before it fills the memory
 */
export async function readBody(call: Call, response: Response, limit: number, signal: AbortSignal): Promise<string> {
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
    return "";
  }
  // In one piece, because decoding it chunk by chunk takes Node.js several times as long.
  const body = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return new TextDecoder().decode(body);
}
