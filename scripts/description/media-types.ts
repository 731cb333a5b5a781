export type Kind = "json" | "text" | "blob";

/** How the client reads a response of this media type; undefined when it cannot. */
export function kindOf(mediaType: string): Kind | undefined {
  if (/\*|^text\/event-stream|^application\/(x-ndjson|jsonl|json-seq|.*\+json-seq)/i.test(mediaType)) return undefined;
  if (/^application\/([^;]+\+)?json\s*(;|$)/i.test(mediaType)) return "json";
  return /^text\//i.test(mediaType) ? "text" : "blob";
}

export const form = "application/x-www-form-urlencoded";
