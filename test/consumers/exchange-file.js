import { exchange } from "./exchange.js";

const [file, endpoint] = process.argv.slice(2);
console.log(await exchange(file, endpoint));
