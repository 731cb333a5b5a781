// The house rules that an assertion in redocly.yaml cannot express. A rule is a function, and reports its own place.
import type { Plugin } from "@redocly/openapi-core";
import { pageExamplesChain, pagingFieldsTogether } from "./paging.js";
import { schemaCycle } from "./schema-cycle.js";
import { schemaName } from "./schema-name.js";

export default (): Plugin => ({
  id: "house",
  rules: {
    oas3: {
      "page-examples-chain": pageExamplesChain,
      "paging-fields-together": pagingFieldsTogether,
      "schema-cycle": schemaCycle,
      "schema-name": schemaName,
    },
  },
});
