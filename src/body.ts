import { type Call, ConnectionError, InvalidResponseError } from "./errors.js";

/**
 * Reads a body as text.
 *
 * @throws {ConnectionError} when it is cut off
 * @throws {InvalidResponseError} when it has more bytes than `limit`, before it fills the memory
 */
export async function readText(call: Call, response: Response, limit: number): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let size = Number(response.headers.get("content-length")) > limit ? limit : 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new ConnectionError(call, cause);
    });
    // All at once: decoding chunk by chunk takes Node.js several times as long.
    if (done) return new TextDecoder().decode(join(chunks, size));
    chunks.push(value);
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      const start = new TextDecoder().decode(chunks[0]);
      throw new InvalidResponseError(call, `with more than ${limit} bytes (maxResponseSize)`, response, start);
    }
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
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

/** @throws {InvalidResponseError} when the text of a 2xx answer is not JSON */
export function parseJson(call: Call, response: Response, text: string): unknown {
  if (text === "") throw new InvalidResponseError(call, "with an empty body", response, text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidResponseError(call, "with a body that is not JSON", response, text, { cause });
  }
}
