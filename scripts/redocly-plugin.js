// @ts-check
// The house rules that compare two places of an operation. JavaScript, because Redocly's command and its editor
// extensions load a plugin without a TypeScript loader.

/**
 * @typedef {import("@redocly/openapi-core").Oas3Rule} Rule
 * @typedef {import("@redocly/openapi-core").UserContext} Context
 */

/**
 * Goes down from a node key by key and follows each `$ref` from the file that it stands in.
 * @typedef {{ value: unknown, file: string | undefined }} Place
 * @param {Context} ctx
 * @param {Place} place
 * @param {string[]} keys
 * @returns {Place}
 */
function dig(ctx, { value, file }, ...keys) {
  const { node, location } = ctx.resolve(/** @type {import("@redocly/openapi-core").OasRef} */ (value), file);
  // Of a node that is no reference, Redocly gives the place of the reference that led to the visited node.
  const place = { value: /** @type {unknown} */ (node), file: node === value ? file : location?.source.absoluteRef };
  const [key, ...rest] = keys;
  return key === undefined ? place : dig(ctx, { ...place, value: fields(place)[key] }, ...rest);
}

/**
 * @param {Place} place
 * @returns {Record<string, unknown>}
 */
function fields({ value }) {
  return value !== null && typeof value === "object" ? /** @type {Record<string, unknown>} */ (value) : {};
}

const okContent = ["responses", "200", "content", "application/json"];

/**
 * Whether an operation's 200 has the field nextPageToken.
 * @param {Context} ctx
 * @param {Place} operation
 */
function givesPageToken(ctx, operation) {
  return "nextPageToken" in fields(dig(ctx, operation, ...okContent, "schema", "properties"));
}

/**
 * A listing can be walked only when the token that an answer gives can be sent back, and the other way round.
 * @type {Rule}
 */
const pagingFieldsTogether = () => ({
  PathItem(pathItem, ctx) {
    const file = ctx.location.source.absoluteRef;
    const operation = { value: pathItem.get, file };
    const parameters = [...(pathItem.parameters ?? []), ...(pathItem.get?.parameters ?? [])];
    const takes = parameters.some((value) => dig(ctx, { value, file }, "name").value === "pageToken");
    if (takes === givesPageToken(ctx, operation)) return;
    const message = takes
      ? "An operation with the parameter pageToken must answer nextPageToken."
      : "An operation that answers nextPageToken must have the parameter pageToken.";
    ctx.report({ message, location: ctx.location.child("get") });
  },
});

/**
 * The mock server pages by these examples: the first page is the first example, each token leads to the example
 * after it, and the listing ends at the first example without one. Examples after that are listings of a single page.
 * @type {Rule}
 */
const pageExamplesChain = () => ({
  Operation(operation, ctx) {
    const root = { value: operation, file: ctx.location.source.absoluteRef };
    if (!givesPageToken(ctx, root)) return;
    const examples = dig(ctx, root, ...okContent, "examples");
    const names = Object.keys(fields(examples));
    const tokens = names.map((name) => dig(ctx, examples, name, "value", "nextPageToken").value || undefined);

    const pages = tokens.indexOf(undefined) + 1;
    const late = tokens.findIndex((token, index) => index >= pages && token !== undefined);
    const repeated = tokens.find((token, index) => token !== undefined && tokens.indexOf(token) < index);
    const message =
      names.length === 0 || pages === 1
        ? "The first example of a page must have a nextPageToken."
        : repeated !== undefined
          ? `The nextPageToken ${repeated} stands in two examples.`
          : pages === 0
            ? "The page examples must end with one that has no nextPageToken."
            : late !== -1
              ? `The example ${names[late]} goes on, but the listing ended before it.`
              : undefined;
    if (message) ctx.report({ message, location: ctx.location.child(["responses", "200"]) });
  },
});

/** @type {() => import("@redocly/openapi-core").Plugin} */
export default () => ({
  id: "house",
  rules: {
    oas3: {
      "paging-fields-together": pagingFieldsTogether,
      "page-examples-chain": pageExamplesChain,
    },
  },
});
