// @ts-check
// Loaded before a program: says on descriptor 3 how many megabytes its process held at most. On Linux
// `resourceUsage().maxRSS` will not do: a process starts with what its parent held when it was forked.
import { readFileSync, writeSync } from "node:fs";

process.on("exit", () => {
  const kilobytes =
    process.platform === "linux"
      ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]
      : process.resourceUsage().maxRSS;
  writeSync(3, String(Number(kilobytes) / 1024));
});
