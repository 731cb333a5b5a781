// Redocly, its command and its editor extensions load a plugin as JavaScript: this is all of it that is.
import { createJiti } from "jiti";

export default await createJiti(import.meta.url).import("./lint-rules/index.ts", { default: true });
