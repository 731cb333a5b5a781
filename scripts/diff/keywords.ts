// Keywords that several files use.

/** OpenAPI lacks a keyword for the values of an enum beside a plain string, which may grow. */
export const openEnum = "open enum";

/** OpenAPI lacks a keyword for all servers of an operation, inherited ones included. */
export const effectiveServers = "effective servers";

/** Keywords that do not constrain values. */
export const annotations = ["title", "description", "example", "examples", "externalDocs", "deprecated"];
