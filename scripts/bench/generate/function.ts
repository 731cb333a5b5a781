// openapi-typescript's function, in a process that stays: it generates when the parent says that the description was saved.
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

async function generate(): Promise<void> {
  await writeFile("openapi.ts", astToString(await openapiTS(pathToFileURL("openapi.yaml"), { silent: true })));
  console.log("wrote");
}

process.on("message", generate);
process.on("disconnect", () => process.exit());
await generate();
