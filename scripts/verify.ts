// Compares a real server, or recorded traffic, with the description in the working tree. It sends GETs only.
import { readArguments } from "./verify/arguments.js";
import { formats } from "./verify/report.js";

async function main(): Promise<void> {
  const { options, format } = readArguments(process.argv.slice(2));
  const { verify } = await import("./verify/verify.js"); // this loads Redocly, which takes a second
  const { stderr } = process;
  const onRequest = stderr.isTTY ? (requests: number) => stderr.write(`\rRequests: ${requests}`) : undefined;
  const report = await verify({ ...options, onRequest });
  if (stderr.isTTY) stderr.write("\r\x1b[K");
  console.log(formats[format](report));
  process.exitCode = report.stopped !== null ? 3 : report.disagreements.length > 0 ? 1 : 0;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
