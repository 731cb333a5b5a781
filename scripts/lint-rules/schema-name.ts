// Each schema is exported as a type of its own name, so its name must be free, and one that a type can have.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Oas3Rule, UserContext } from "@redocly/openapi-core";

type Location = UserContext["location"];

/** Names of helper types in generated code. */
const used = ["Omit", "OtherString", "Record", "WithRequired"];

/** Schemas have the names of files until they are bundled, and so a name is read from the reference to it. */
export const schemaName: Oas3Rule = () => {
  const taken = new Set([...used, ...exportsOf(new URL("../../src/index.ts", import.meta.url))]);
  const seen = new Set<string>();
  const check = (name: string, location: Location, { report }: UserContext): void => {
    if (seen.has(location.absolutePointer)) return;
    seen.add(location.absolutePointer);
    const message = !/^[A-Z][A-Za-z0-9]*$/.test(name)
      ? `The schema ${name} cannot be exported as a type. Give it a name of letters and digits, with a capital first.`
      : taken.has(name)
        ? `The schema ${name} cannot be exported as a type, because the package exports another ${name}. Rename it.`
        : undefined;
    if (message) report({ message, location });
  };
  return {
    ref(_, ctx, { location }) {
      if (ctx.type.name !== "Schema" || !location) return;
      const name = location.pointer.split("/").at(-1) || path.parse(location.source.absoluteRef).name;
      check(name, location, ctx);
    },
    NamedSchemas(schemas, ctx) {
      for (const name of Object.keys(schemas)) check(name, ctx.location.child(name), ctx);
    },
  };
};

/** The names that a module of src exports, without the schemas, which are re-exported from generated/. */
function exportsOf(file: URL): string[] {
  const text = readFileSync(file, "utf8");
  const groups = (pattern: RegExp): string[] => [...text.matchAll(pattern)].flatMap(([, group]) => group ?? []);
  const lists = groups(/^export (?:type )?\{(.+?)\}/gms).flatMap((list) => list.match(/\w+(?=\s*(?:,|$))/g) ?? []);
  const declarations = groups(/^export (?:const|class|function|interface|type) (\w+)/gm);
  const modules = groups(/^export \* from "(.+)\.js"/gm);
  return [...lists, ...declarations, ...modules.flatMap((module) => exportsOf(new URL(`${module}.ts`, file)))];
}
