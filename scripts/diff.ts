// Prints the changes of the description since a revision, and fails when info.version is too low for them.
import { diff } from "./diff/diff-descriptions.js";
import { runScript } from "./run-script.js";

await runScript(async () => {
  const { passed, text } = await diff(process.cwd(), process.argv.slice(2));
  console.log(text);
  if (!passed) process.exitCode = 1;
});
