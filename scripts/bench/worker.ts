// Runs one contender, and samples it whenever the parent asks.
import { loadSuite } from "./suite.js";

process.on("disconnect", () => process.exit());
const [name = "", contender = "", baseUrl = "", size] = process.argv.slice(2);
const { contenders } = await loadSuite(name);
const sample = await contenders[contender]?.({ baseUrl, size: Number(size) });
process.on("message", async () => process.send?.(await sample?.()));
process.send?.("ready");
