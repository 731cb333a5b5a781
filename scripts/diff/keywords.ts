// The keywords that more than one file knows.

/** What OpenAPI has no keyword for: the values of an enum beside a plain string, which may grow. */
export const openEnum = "open enum";

/** What OpenAPI has no keyword for: an operation's servers, wherever they are written. */
export const effectiveServers = "effective servers";

/** What says nothing of the values. */
export const annotations = ["title", "description", "example", "examples", "externalDocs", "deprecated"];
