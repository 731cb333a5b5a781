import { list } from "./list.js";

const [baseUrl, clusterId] = process.argv.slice(2);
console.log(JSON.stringify(await list(baseUrl, clusterId)));
