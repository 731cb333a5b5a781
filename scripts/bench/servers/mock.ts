// Serves this package's mock.
import { importMock } from "../commands.js";

const { url } = await (await importMock()).startMockServer({ backups: 2500 });
process.on("disconnect", () => process.exit());
process.send?.(url);
