import { type CallDetails, ConnectionError, InvalidResponseError } from "./errors.js";

/** How much of a failure's body is read, in bytes. */
const maxFailureSize = 2 ** 16;

/** How much is cut from the end of a body that was not read whole, in bytes: it can be part of a secret. */
const maxSecretSize = 2 ** 13;

/**
 * Reads the body of a response to its end. Of a failure, only the first 64 KiB are read, and its status counts even
 * when the body cannot be read. Secrets in it are redacted.
 *
 * @param limit the largest body of a 2xx response, in bytes
 * @param signal cancels the body
 * @throws {ConnectionError} when the body of a 2xx response is cut off
 * @throws {InvalidResponseError} when the body of a 2xx response is larger than `limit`
 */
export async function readResponse(
  call: CallDetails,
  response: Response,
  limit: number,
  signal: AbortSignal,
): Promise<Response> {
  const max = response.ok ? limit : maxFailureSize;
  let body: Uint8Array<ArrayBuffer>;
  try {
    body = response.body
      ? await readStream(response.body, max, signal)
      : new TextEncoder().encode(await response.text()); // React Native has no streams
  } catch (cause) {
    if (response.ok) throw new ConnectionError(call, cause);
    body = new Uint8Array();
  }
  if (response.ok) {
    if (body.length <= max) return new BufferedResponse(call, response, body);
    throw new InvalidResponseError(call, `the body has more than ${limit} bytes (maxResponseSize)`, response, "");
  }
  // Part of a secret cannot be recognized, so the end of the text is left out.
  if (body.length > max) body = body.subarray(0, max - maxSecretSize);
  const text = call.redact(new TextDecoder().decode(body));
  return new BufferedResponse(call, response, new TextEncoder().encode(text));
}

/** Reads a stream to its end, or until it has given more than `max` bytes. */
async function readStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  max: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    while (size <= max) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
  } catch (error) {
    cancel();
    throw error;
  }
  if (size > max) cancel();
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/**
 * A response whose whole body has been read, and can be read again any number of times. It delegates to the original,
 * because `new Response()` throws for statuses and reason phrases that servers do send.
 */
class BufferedResponse extends Response {
  readonly #call: CallDetails;
  readonly #original: Response;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #headers: Headers;

  constructor(call: CallDetails, original: Response, bytes: Uint8Array<ArrayBuffer>) {
    super();
    this.#call = call;
    this.#original = original;
    this.#bytes = bytes;
    this.#headers = new Headers(original.headers);
    // Without it, openapi-fetch parses `text()` itself, and its error quotes the body. That of a HEAD is the server's.
    if (bytes.length > 0) this.#headers.set("content-length", String(bytes.length));
  }

  override get status(): number {
    return this.#original.status;
  }
  override get statusText(): string {
    return this.#original.statusText;
  }
  override get ok(): boolean {
    return this.#original.ok;
  }
  override get url(): string {
    return this.#original.url;
  }
  override get redirected(): boolean {
    return this.#original.redirected;
  }
  override get type(): ResponseType {
    return this.#original.type;
  }
  override get headers(): Headers {
    return this.#headers;
  }
  override get bodyUsed(): boolean {
    return false;
  }
  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    // That of a 204 is null, so that another Response with its status can be made of it.
    return this.#bytes.length > 0 || this.#original.body ? this.#fresh().body : null;
  }
  override clone(): Response {
    return new BufferedResponse(this.#call, this.#original, this.#bytes);
  }
  override async text(): Promise<string> {
    return new TextDecoder().decode(this.#bytes);
  }
  override async json(): Promise<unknown> {
    const text = new TextDecoder().decode(this.#bytes);
    try {
      return JSON.parse(text);
    } catch {
      // The parser's own error quotes a few characters, which can be a part of a token.
      throw new InvalidResponseError(this.#call, "the body is not JSON", this, text);
    }
  }
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bytes.slice();
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#fresh().arrayBuffer();
  }
  override blob(): Promise<Blob> {
    return this.#fresh().blob();
  }
  override formData(): Promise<FormData> {
    return this.#fresh().formData();
  }

  #fresh(): Response {
    const type = this.#headers.get("content-type");
    return new Response(this.#bytes, { headers: type ? { "content-type": type } : {} });
  }
}
