import { Node } from "./node.js";

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

export type Method = (typeof methods)[number];

/** An operation, with the parameters of its path. */
export interface Operation {
  readonly method: Method;
  readonly path: string;
  /** Its `operationId`. */
  readonly id: string;
  readonly node: Node;
  /** With those of its path, which parameters of the operation override. */
  readonly parameters: readonly Node[];
}

/** The operations of a path. */
export function operationsOfPath(path: string, item: Node): Operation[] {
  return methods.flatMap((method) => {
    const node = item.at(method);
    if (node.value === undefined) return [];
    const all = [...item.at("parameters").children, ...node.at("parameters").children];
    const byName = new Map(all.map((parameter) => [`${parameter.text("in")} ${parameter.text("name")}`, parameter]));
    return { method, path, id: node.text("operationId"), node, parameters: [...byName.values()] };
  });
}

/** The operations of a bundled description. */
export function operationsOf(description: object): Operation[] {
  const paths = Node.root(description).at("paths");
  return paths.keys.flatMap((path) => operationsOfPath(path, paths.at(path)));
}

/** The parameters of an operation in one location. */
export function parametersIn({ parameters }: Operation, location: string): Node[] {
  return parameters.filter((parameter) => parameter.text("in") === location);
}

/** The successful responses of an operation, by status. */
export function successesOf({ node }: Operation): [status: string, response: Node][] {
  const responses = node.at("responses");
  return responses.keys.filter((status) => /^2/.test(status)).map((status) => [status, responses.at(status)]);
}

/** The first example of a parameter or of a media type. */
export function exampleOf(node: Node): unknown {
  return node.fields["example"] ?? node.at("examples").children[0]?.fields["value"];
}

/** The response that is described for a status, by itself, in a range such as `4XX`, or as the default. */
export function responseOf({ node }: Operation, status: number): Node | undefined {
  const responses = node.at("responses");
  const code = [`${status}`, `${status}`.replace(/..$/, "XX"), "default"].find((one) => responses.keys.includes(one));
  return code === undefined ? undefined : responses.at(code);
}

/** The description of a response's content for a `Content-Type`. */
export function contentOf(response: Node, type: string): Node | undefined {
  const essence = (text: string | undefined) => text?.split(";")[0]?.trim().toLowerCase();
  const name = response.at("content").keys.find((key) => essence(key) === essence(type));
  return name === undefined ? undefined : response.at("content", name);
}
