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
  const decoder = new TextDecoder();
  let text = "";
  let size = Number(response.headers.get("content-length")) > limit ? limit : 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new ConnectionError(call, cause);
    });
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new InvalidResponseError(call, `with more than ${limit} bytes (maxResponseSize)`, response, text);
    }
    text += decoder.decode(value, { stream: true });
  }
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
