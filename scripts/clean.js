// @ts-check
// Removes the last build, so that a file whose source is gone does not ship.
import { rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
