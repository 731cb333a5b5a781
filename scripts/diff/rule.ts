// How a rule of ours is written: what happened to a kind of node, and the sentence that it gets.

interface Side {
  readonly value?: unknown;
  readonly location: { readonly pointer: string };
}
/** A change as Redocly's diff shows it to a plugin. */
interface Change {
  readonly kind: "added" | "removed" | "modified";
  readonly property?: string;
  readonly base?: Side;
  readonly revision?: Side;
}
type Direction = "request" | "response";
interface Context {
  readonly report: (problem: { message: string }) => void;
  readonly getDirections: () => readonly Direction[];
}
type Visit = (change: Change, context: Context) => void;
export interface Visitor {
  readonly [typeName: string]: Visit | Visitor;
}

/** What a sentence can name: the node, the values, and what a list lost and gained. Nothing is said by `false`. */
type Say = (values: ReturnType<typeof valuesOf>) => string | false;

/** By what happened: the node was `added` or `removed`, or one of its properties changed, `"*"` for any other. */
export type Sentences = Readonly<Record<string, Say>>;

export function on(sentences: Sentences, direction?: Direction): Visit {
  return (change, { report, getDirections }) => {
    const say = sentences[change.property ?? change.kind] ?? (change.property && sentences["*"]);
    if (!say || (direction && !getDirections().includes(direction))) return;
    const message = say(valuesOf(change));
    if (message) report({ message });
  };
}

function valuesOf({ base, revision, property = "" }: Change) {
  const [before, now] = [base?.value, revision?.value];
  const [had, has] = [listOf(before), listOf(now)];
  const lost = had.filter((value) => !has.includes(value));
  const gained = has.filter((value) => !had.includes(value));
  return {
    name: (revision ?? base)?.location.pointer.split("/").at(-1),
    property,
    before,
    now,
    had,
    has,
    lost,
    gained,
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** What a node has under a key. */
export function get(node: unknown, key: string): unknown {
  return typeof node === "object" && node !== null ? Reflect.get(node, key) : undefined;
}
