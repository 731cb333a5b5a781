import {
  type Answer,
  type Components,
  logger,
  type Operation,
  type Preferences,
  prismHttp,
  type Request,
  type Settings,
} from "./prism.js";

const { createInstance, ProblemJsonError, UNPROCESSABLE_ENTITY, VIOLATIONS } = prismHttp;

/** Answers a request from these operations. */
export type Ask = (operations: Operation[], request: Request) => Promise<Answer>;

/**
 * Sets up Prism.
 *
 * @param onViolation is told of each answer that broke the description; the client gets a 500 in its place
 */
export function createPrism(
  settings: Settings,
  components: Partial<Components> = {},
  onViolation: (violation: string) => void = () => {},
): Ask {
  const prism = createInstance(settings, { ...components, logger });
  return async (operations, request) => {
    const mock = preferences(request.headers?.["prefer"]);
    if (!mock)
      return problem(ProblemJsonError.fromTemplate(UNPROCESSABLE_ENTITY, "Prefer: code must be an HTTP status"));
    const result = await prism.request(request, operations, { ...settings, mock })();
    if (result._tag === "Left") return problem(result.left);
    const { output, validations } = result.right;
    const violations = validations.output.filter(({ severity }) => severity === 0).map(({ message }) => message);
    if (violations.length === 0) return output;
    onViolation(`${request.method.toUpperCase()} ${request.url.path}: ${violations.join("; ")}`);
    return problem(ProblemJsonError.fromTemplate(VIOLATIONS, violations.join("; ")));
  };
}

/** What the header `Prefer` asks for, as in `code=503` or `example=emptyList`; undefined for a code that is none. */
function preferences(header = ""): Preferences | undefined {
  const pairs = header.split(/[,;]/).map((part) => part.trim().split("="));
  const { code, example, dynamic } = Object.fromEntries(pairs);
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) return undefined;
  return { dynamic: dynamic === "true", ...(code && { code: Number(code) }), ...(example && { exampleKey: example }) };
}

function problem(error: Error & { status?: number }): Answer {
  return {
    statusCode: error.status ?? 500,
    headers: { "content-type": "application/problem+json" },
    body: ProblemJsonError.toProblemJson(error),
  };
}
