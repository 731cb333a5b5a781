// Walks a value and its schema together.
import { escapeKey, isNode, type Place } from "./source-location.js";

export class Cursor {
  readonly value: unknown;
  readonly pointer: string;
  /** The schema, and those that it combines; none where the description says nothing. */
  readonly schemas: readonly Place[];

  constructor(value: unknown, schema: Place | undefined, pointer = "") {
    this.value = value;
    this.schemas = schema?.branches ?? [];
    this.pointer = pointer;
  }

  /** The first node that one of the schemas has there. */
  find(...keys: string[]): Place | undefined {
    return this.schemas.flatMap((schema) => schema.child(...keys) ?? [])[0];
  }

  /** Goes to an item or a field. */
  step(key: string): Cursor {
    const value = isNode(this.value) ? this.value[key] : undefined;
    if (Array.isArray(this.value)) return new Cursor(value, this.find("items"), `${this.pointer}/*`);
    const field = this.find("properties", key);
    const other = field ? undefined : (this.find("additionalProperties") ?? this.find("patternProperties"));
    // The names of other fields, such as labels, are the reader's own.
    return new Cursor(value, field ?? other, `${this.pointer}/${other ? "*" : escapeKey(key)}`);
  }
}
