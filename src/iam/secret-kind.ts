/** The beginnings of the provider's secrets, and of texts that are often given in their place, with their names. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^$/, "empty"],
  [/^t1\./, "an IAM token"],
  [/^(y[0-3]_|A[gQ]AAAA)/, "an OAuth token"],
  [/^AQVN/, "an API key"],
  [/^YC[A-Z][\w-]{8}/, "a static access key"],
  [/^c1\./, "a session cookie"],
  [/^eyJ[\w-]*\./, "a JSON Web Token"],
  [/^(Bearer|OAuth|Api-Key|Basic)\s/i, "the value of an Authorization header, with its scheme"],
  [/^[^{]*-----BEGIN/s, "the text of a PEM file"],
  [/^[{["]/, "JSON"],
  [/^\w+: /, "YAML"],
];

/** The kind of a secret, or of a text in its place, by its beginning; undefined when it is unknown. */
export function secretKind(text: string): string | undefined {
  return kinds.find(([pattern]) => pattern.test(text))?.[1];
}
