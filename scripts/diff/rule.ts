// Defines a rule of `redocly diff`: a message for each kind of change of a node.
import { brief } from "../brief.js";
import { isObjectOrList } from "../description/node.js";

type Side = { readonly value?: unknown; readonly location: { readonly pointer: string } };
type Direction = "request" | "response";
/** A change as Redocly's diff shows it to a plugin. */
interface Change {
  readonly kind: "added" | "removed" | "modified";
  readonly property?: string;
  readonly base?: Side;
  readonly revision?: Side;
}
interface Context {
  readonly report: (problem: { message: string }) => void;
  readonly getDirections: () => readonly Direction[];
}
type Visit = (change: Change, context: Context) => void;
export interface Visitor {
  readonly [typeName: string]: Visit | Visitor;
}

/** Returns the message for a change, or false for none. */
type Say = (values: ReturnType<typeof valuesOf>) => string | false;
/**
 * Messages by the kind of change: `added` and `removed` for the node itself, or the name of the property that changed;
 * `"*"` is any other property.
 */
export type Sentences = Readonly<Record<string, Say>>;

/**
 * Creates a rule.
 *
 * @param direction limits it to nodes of requests, of responses, or of `either`, which leaves out unused ones
 */
export function rule(sentences: Sentences, direction?: Direction | "either"): Visit {
  return (change, { report, getDirections }) => {
    const say = sentences[change.property ?? change.kind] ?? (change.property && sentences["*"]);
    const asked = direction === "either" ? ["request", "response"] : [direction];
    if (!say || (direction && !getDirections().some((one) => asked.includes(one)))) return;
    const message = say(valuesOf(change));
    if (message) report({ message });
  };
}

/** The name of the node or property, its values, and the items that a list lost and gained. */
function valuesOf({ base, revision, property }: Change) {
  const [before, now] = [base?.value, revision?.value];
  const [had, has] = [listOf(before), listOf(now)];
  const lost = had.filter((value) => !has.includes(value));
  const gained = has.filter((value) => !had.includes(value));
  return {
    name: property ?? (revision ?? base)?.location.pointer.split("/").at(-1) ?? "",
    before,
    now,
    had,
    has,
    lost,
    gained,
  };
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : [value].flat();
}

/** The value of a node under a key. */
export function get(node: unknown, key: string): unknown {
  return isObjectOrList(node) ? node[key] : undefined;
}

export function show(value: unknown): string {
  return value === undefined ? "not set" : brief(value);
}

export function quote(values: readonly unknown[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}
