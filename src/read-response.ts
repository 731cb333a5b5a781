import { bufferedResponse, decode } from "./buffered-response.js";
import type { CallDetails } from "./call-details.js";
import { isNetworkFailure } from "./error-cause.js";
import { ConnectionError, InvalidResponseError } from "./errors.js";

/** How much of the body of an error is read, in bytes. */
const maxErrorSize = 2 ** 16;

/** How much is cut from the end of a body that was not read whole, in bytes: it can be part of a secret. */
const maxSecretSize = 2 ** 13;

/**
 * Reads the body of a response to its end. Of an error, only the first 64 KiB are read, and its status counts even when
 * the body cannot be read. Secrets in it are redacted.
 *
 * @param limit the largest body of a 2xx response, in bytes
 * @param onStart receives a function that cancels the body
 * @returns a {@link ConnectionError} when the body of a 2xx response is cut off, and an {@link InvalidResponseError} when it
 *   is larger than `limit`
 * @throws any other error from a body of a 2xx response, which the caller's `fetch` has made
 */
export async function readResponse(
  call: CallDetails,
  response: Response,
  limit: number,
  onStart: (cancel: () => void) => void,
): Promise<Response | ConnectionError | InvalidResponseError> {
  const max = response.ok ? limit : maxErrorSize;
  let body: Uint8Array<ArrayBuffer>;
  try {
    body = response.body?.getReader
      ? await readStream(response.body, max, onStart)
      : new TextEncoder().encode(await response.text()); // React Native has no streams, and node-fetch those of Node.js
  } catch (cause) {
    if (response.ok && !isNetworkFailure(cause)) throw cause;
    if (response.ok) return new ConnectionError(call, cause);
    body = new Uint8Array();
  }
  if (response.ok) {
    if (body.length <= max) return bufferedResponse(call, response, body);
    return new InvalidResponseError(call, `the body has more than ${limit} bytes (maxResponseSize)`, response, "");
  }
  // Part of a secret cannot be recognized, so the end of the text is left out.
  if (body.length > max) body = body.subarray(0, max - maxSecretSize);
  const text = call.redact(decode(body));
  return bufferedResponse(call, response, new TextEncoder().encode(text));
}

/** Reads a stream to its end, or until it has given more than `max` bytes. */
async function readStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  max: number,
  onStart: (cancel: () => void) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  onStart(cancel);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  while (size <= max) {
    const { done, value } = await reader.read();
    if (done) return chunks.length === 1 && chunks[0] ? chunks[0] : concatenate(chunks, size);
    chunks.push(value);
    size += value.length;
  }
  cancel();
  return concatenate(chunks, size);
}

function concatenate(chunks: readonly Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
