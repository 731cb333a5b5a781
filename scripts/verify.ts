// Compares a real server, or recorded traffic, with the description in the working tree. It sends GETs only.
import { readArguments } from "./verify/arguments.js";
import { formats } from "./verify/report.js";

try {
  const { format, ...options } = readArguments(process.argv.slice(2));
  const { verify } = await import("./verify/verify.js"); // this loads Redocly, which takes a second
  const report = await verify(options);
  console.log(formats[format](report));
  process.exitCode = report.stopped !== null ? 3 : report.disagreements.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
