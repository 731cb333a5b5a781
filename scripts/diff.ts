// Says what changed in the description since a revision, and fails when info.version did not move as that requires.
import { diff } from "./diff/diff-descriptions.js";

try {
  const { passed, text } = await diff(process.cwd(), process.argv.slice(2));
  console.log(text);
  if (!passed) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
