import type { CallDetails } from "./call-details.js";
import { InvalidResponseError } from "./errors.js";

/** Statuses whose response has no body (the fetch standard, "null body status"). */
const nullBodyStatuses = [101, 103, 204, 205, 304];

type Bytes = Uint8Array<ArrayBuffer>;
type BufferedResponse = new (call: CallDetails, original: Response, bytes: Bytes, headers: Headers) => Response;
let classes: readonly [base: typeof Response, BufferedResponse] | undefined;

let decoder: TextDecoder | undefined;

/** Decodes UTF-8. One decoder serves all: to make another takes longer than to decode a small page. */
export function decode(bytes: Uint8Array): string {
  decoder ??= new TextDecoder();
  return decoder.decode(bytes);
}

/**
 * Makes a response whose whole body has been read, and can be read again any number of times. Its internal status,
 * headers and body, which run times read when they send or cache it, are the same.
 */
export function bufferedResponse(call: CallDetails, original: Response, bytes: Bytes): Response {
  // Not at import: loading `Response` takes Node.js 25 ms, and jsdom lacks it. A test can replace it between two calls.
  if (classes?.[0] !== Response) classes = [Response, extend(Response)];
  return new classes[1](call, original, bytes, original.headers);
}

/** A status line that `new Response()` accepts. It throws for some that servers send. */
function allowed({ status, statusText }: Response): ResponseInit {
  return {
    status: status >= 200 && status <= 599 ? status : 502, // Bad Gateway
    statusText: /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText) ? statusText : "",
  };
}

function extend(Base: typeof Response): BufferedResponse {
  return class Buffered extends Base {
    readonly #call: CallDetails;
    readonly #original: Response;
    readonly #bytes: Bytes;
    readonly #hasBody: boolean;

    constructor(call: CallDetails, original: Response, bytes: Bytes, headers: Headers) {
      const hasBody = !nullBodyStatuses.includes(original.status) && (bytes.length > 0 || original.body !== null);
      super(hasBody ? bytes : null, { ...allowed(original), headers });
      this.#call = call;
      this.#original = original;
      this.#bytes = bytes;
      this.#hasBody = hasBody;
      if (!hasBody) return; // a HEAD and a 304 state the length of another response
      // The bytes are decoded and complete.
      this.headers.set("content-length", String(bytes.length));
      this.headers.delete("content-encoding");
      this.headers.delete("transfer-encoding");
    }

    override get status(): number {
      return #original in this ? this.#original.status : super.status; // Node.js reads it in the constructor
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
    override get bodyUsed(): boolean {
      return false;
    }
    override get body(): ReadableStream<Bytes> | null {
      return this.#hasBody ? this.#fresh().body : null;
    }
    override clone(): Response {
      return new Buffered(this.#call, this.#original, this.#bytes, this.headers);
    }
    override async text(): Promise<string> {
      return decode(this.#bytes);
    }
    override async json(): Promise<unknown> {
      const text = decode(this.#bytes);
      try {
        return JSON.parse(text);
      } catch {
        // The parser's own error quotes a few characters, which can be a part of a token.
        throw new InvalidResponseError(this.#call, "the body is not JSON", this, text);
      }
    }
    override async bytes(): Promise<Bytes> {
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
      const type = this.headers.get("content-type");
      return new Base(this.#bytes, { headers: type ? { "content-type": type } : {} });
    }
  };
}
