// Finds what drift lets pass: operations, statuses, media types and headers that the description does not have.
import type { Node } from "../description/node.js";
import { type Found, kindOf } from "./findings.js";
import type { Exchange } from "./har.js";

/** Headers that belong to HTTP, a browser or a proxy, and not to an API. */
const ordinary =
  /^(:.*|access-control-.*|age|alt-svc|cache-control|connection|content-.*|date|etag|expires|keep-alive|last-modified|pragma|server|set-cookie|strict-transport-security|transfer-encoding|vary|via|www-authenticate|x-(content-type|frame)-options)$/;

export function checkResponse(exchange: Exchange, paths: Node): Found[] {
  const { operation, described, content, headers, request, response, path } = exchange;
  const origin = { operation: operation?.id ?? "", status: response.status, pointer: "" };
  if (!operation) {
    // Other parts of a path are ids.
    const value = `${request.method} ${path.replace(/[^/]+/g, (part) => (/^([a-z-]+|v\d+)$/i.test(part) ? part : "*"))}`;
    return [{ ...origin, rule: "no such operation", value, place: paths, kind: value }];
  }
  if (!described) {
    const place = operation.node.at("responses");
    const value = `${response.status}`;
    return [{ ...origin, rule: `statuses: ${place.keys.join(", ")}`, value, place, kind: value }];
  }
  const known = described.at("headers").keys.map((name) => name.toLowerCase());
  const unknown = Object.keys(headers).filter((name) => !ordinary.test(name) && !known.includes(name));
  const found = unknown.map((name): Found => {
    const value = kindOf(headers[name]);
    return { ...origin, pointer: `header ${name}`, rule: "no such header", value, place: described, kind: name };
  });
  const place = described.at("content");
  if (content || place.keys.length === 0) return found;
  const rule = `media types: ${place.keys.join(", ")}`;
  return [
    ...found,
    { ...origin, pointer: "header content-type", rule, value: headers["content-type"] ?? "nothing", place },
  ];
}
