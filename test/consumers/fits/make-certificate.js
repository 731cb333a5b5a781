// Prints a certificate for 127.0.0.1, and its key.
import { generate } from "selfsigned";

const extensions = [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }];
const { cert, private: key } = await generate(undefined, { algorithm: "sha256", keyType: "ec", extensions });
console.log(JSON.stringify({ cert, key }));
