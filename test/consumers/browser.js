import { exchange } from "./exchange.js";
import { list } from "./list.js";

const { searchParams } = new URL(location.href);
globalThis.listed = list(location.origin, searchParams.get("clusterId"));
globalThis.exchange = (key) => exchange(key, location.origin);
