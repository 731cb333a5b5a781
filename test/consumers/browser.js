import { list } from "./list.js";

const { searchParams } = new URL(location.href);
globalThis.listed = list(location.origin, searchParams.get("clusterId"));
