import path from "node:path";
import { pathToFileURL } from "node:url";

/** The arguments of a contender, when its process starts. */
export interface Context {
  /** The address of the suite's server, or "" without one. */
  readonly baseUrl: string;
  /** How much work to do: the size of the row, or less in a quick run. */
  readonly size: number;
}

/** Measures once: a time, a number of bytes, a count. */
export type Sample = () => number | Promise<number>;

/** Prepares a measurement, in a process of its own. */
export type Contender = (context: Context) => Sample | Promise<Sample>;

/** A row of the table. */
export interface Row<Name extends string = string> {
  readonly title: string;
  readonly contender: Name;
  /** The contender to compare it with. Without one, its figures count as they are. */
  readonly beside?: Name;
  /** The highest median of the ratios, or of the figures in a row without a comparison. */
  readonly goal?: number;
  /** How much work a sample does, in the unit of its contenders. @default 1 */
  readonly size?: number;
  /** @default "ms" */
  readonly unit?: "ms" | "bytes" | "KiB";
  /** How often to measure: see measure.ts. */
  readonly effort: "fresh" | "seldom" | "once" | "quick";
}

export interface Suite<Name extends string = string> {
  /** Whether the contenders call the server: see server.ts. */
  readonly hasServer: boolean;
  readonly contenders: Readonly<Record<Name, Contender>>;
  readonly rows: readonly Row<NoInfer<Name>>[];
}

/** Checks that the rows name contenders that there are. */
export function defineSuite<Name extends string>(suite: Suite<Name>): Suite {
  return suite;
}

/** Where compiled programs are: see processes.ts. */
export const compiled = path.resolve("node_modules/.cache/bench");

export async function loadSuite(name: string): Promise<Suite> {
  return (await import(pathToFileURL(path.join(compiled, `suites/${name}.mjs`)).href)).default;
}
