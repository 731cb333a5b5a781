// Finds what drift lets pass: operations, statuses, media types and headers that the description does not have, long pages,
// and fields that never came.
import { escapePointerFragment } from "@redocly/openapi-core";
import { listsOf, pageSizeOf } from "../description/lists.js";
import { isObjectOrList, type Node } from "../description/node.js";
import { propertiesOf } from "../description/schema.js";
import { idOf } from "../description/sources.js";
import type { Exchange } from "./har.js";
import { type Found, kindOf } from "./report.js";

/** Headers that belong to HTTP, a browser or a proxy, and not to an API. */
const ordinary =
  /^(:.*|access-control-.*|age|alt-svc|cache-control|connection|content-.*|date|etag|expires|keep-alive|last-modified|pragma|server|set-cookie|strict-transport-security|transfer-encoding|vary|via|www-authenticate|x-(content-type|frame)-options)$/;

export function* checkResponse(exchange: Exchange, paths: Node): Generator<Found> {
  const { operation, described, content, headers, request, path, body } = exchange;
  const { status } = exchange.response;
  const origin = { operation: operation?.id ?? "", status, pointer: "" };
  if (!operation) {
    // Other parts of a path are ids.
    const value = `${request.method} ${path.replace(/[^/]+/g, (part) => (/^([a-z-]+|v\d+)$/i.test(part) ? part : "*"))}`;
    return yield { ...origin, rule: "no such operation", value, place: paths, kind: value };
  }
  if (!described) {
    const place = operation.node.at("responses");
    const rule = `statuses: ${place.keys.join(", ")}`;
    return yield { ...origin, rule, value: `${status}`, place, kind: `${status}` };
  }
  const known = described.at("headers").keys.map((name) => name.toLowerCase());
  for (const [name, value] of Object.entries(headers)) {
    const found = { pointer: `header ${name}`, rule: "no such header", value: kindOf(value), kind: name };
    if (!ordinary.test(name) && !known.includes(name)) yield { ...origin, ...found, place: described };
  }
  const place = described.at("content");
  if (!content && place.keys.length > 0) {
    const rule = `media types: ${place.keys.join(", ")}`;
    yield { ...origin, pointer: "header content-type", rule, value: headers["content-type"] ?? "nothing", place };
  }
  const parameter = pageSizeOf(operation);
  const asked = Number(new URL(request.url).searchParams.get("pageSize"));
  const size = asked || Number(parameter?.at("schema", "default").value);
  for (const key of listsOf(operation)?.keys() ?? []) {
    const { length } = Object((isObjectOrList(body) && body[key]) || []);
    const value = `${length} items when asked for ${size}`;
    if (parameter && length > size)
      yield { ...origin, pointer: `/${key}`, rule: "at most pageSize items", value, place: parameter };
  }
}

/** Finds the described fields of successes that never came, in objects that did. */
export function missingFields(exchanges: readonly Exchange[]): Found[] {
  const came = new Set<string>();
  const fields: Found[] = [];
  for (const { operation, content, body, response } of exchanges) {
    if (!operation || !content || response.status >= 300) continue;
    const origin = { operation: operation.id, status: response.status, rule: "never came", value: "nothing", count: 0 };
    const visit = (value: unknown, schema: Node, pointer = ""): void => {
      if (!isObjectOrList(value)) return;
      if (Array.isArray(value)) for (const item of value) visit(item, schema.at("items"), `${pointer}/*`);
      for (const [name, place] of propertiesOf(schema)) {
        const at = `${pointer}/${escapePointerFragment(name)}`;
        if (value[name] === undefined) fields.push({ ...origin, pointer: at, place });
        else came.add(idOf(place));
        visit(value[name], place, at);
      }
    };
    visit(body, content.at("schema"));
  }
  return fields.filter(({ place }) => !came.has(idOf(place)));
}
