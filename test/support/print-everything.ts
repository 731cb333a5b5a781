import { inspect } from "node:util";
import { expect } from "vitest";

/** Everything that a printer could make of a value. */
export function everything(value: unknown): string {
  const chain: unknown[] = [];
  for (let one = value; one !== undefined && chain.length < 10; one = one instanceof Error ? one.cause : undefined) {
    chain.push(one, ...(one instanceof Error ? [one.message, one.stack, String(one), JSON.stringify(one)] : []));
  }
  return chain.map((one) => inspect(one, { depth: 10, showHidden: true })).join("\n");
}

/** Fails when a part of a secret is among all that can be printed of a value. */
export function expectNoSecret(value: unknown, secrets: readonly string[]): void {
  const printed = everything(value);
  for (const part of secrets.flatMap((secret) => secret.match(/[\w+/=-]{10,}/g) ?? []))
    expect(printed).not.toContain(part);
}
