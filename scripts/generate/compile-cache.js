// @ts-check
// Keeps compiled code between runs, where Node.js can: from 22.8. Import it before what is to load faster.
import module from "node:module";

if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") module.enableCompileCache();
