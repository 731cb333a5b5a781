import { type Call, ConnectionError, InvalidResponseError } from "./errors.js";

/**
 * Reads a body. That of a failure ends at the limit: its status says enough.
 *
 * @param limit in bytes
 * @throws {ConnectionError} when it is cut off
 * @throws {InvalidResponseError} when the body of a 2xx answer is larger than `limit`, before it fills the memory
 */
export async function readBody(call: Call, response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const tooLarge = Number(response.headers.get("content-length")) > limit;
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new ConnectionError(call, cause);
    });
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
    if (size <= limit && !(tooLarge && response.ok)) continue;
    await reader.cancel();
    if (!response.ok) break;
    throw new InvalidResponseError(
      call,
      `with more than ${limit} bytes (maxResponseSize)`,
      response,
      decode(chunks[0] ?? value),
    );
  }
  return join(chunks, size).subarray(0, limit);
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
  } catch (cause) {
    throw new InvalidResponseError(call, "with a body that is not JSON", response, text, { cause });
  }
}
