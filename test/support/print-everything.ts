import { inspect } from "node:util";

/** Everything that a printer could make of a value. */
export function everything(value: unknown): string {
  const chain: unknown[] = [];
  for (let one = value; one !== undefined && chain.length < 10; one = one instanceof Error ? one.cause : undefined) {
    chain.push(one, ...(one instanceof Error ? [one.message, one.stack, String(one), JSON.stringify(one)] : []));
  }
  return chain.map((one) => inspect(one, { depth: 10, showHidden: true })).join("\n");
}
