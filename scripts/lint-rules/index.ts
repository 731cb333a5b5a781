// The Redocly plugin, with the rules that an assertion in redocly.yaml cannot express.
import type { Plugin } from "@redocly/openapi-core";
import { requestBody, successResponses } from "./body.js";
import { choices } from "./choices.js";
import { numbers } from "./numbers.js";
import { operationRule } from "./operation.js";
import { pageExamplesChain, pagingFieldsTogether } from "./paging.js";
import { parameterRule } from "./parameter.js";
import { pattern } from "./pattern.js";
import { schemaCycle } from "./schema-cycle.js";
import { schemaName } from "./schema-name.js";
import { oneSecurity } from "./security.js";

export default (): Plugin => ({
  id: "house",
  rules: {
    oas3: {
      choices,
      numbers,
      "one-security": oneSecurity,
      operation: operationRule,
      "page-examples-chain": pageExamplesChain,
      "paging-fields-together": pagingFieldsTogether,
      parameter: parameterRule,
      pattern,
      "request-body": requestBody,
      "schema-cycle": schemaCycle,
      "schema-name": schemaName,
      "success-responses": successResponses,
    },
  },
});
