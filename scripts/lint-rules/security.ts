import { isDeepStrictEqual } from "node:util";
import type { Oas3Rule } from "@redocly/openapi-core";

/** The client sends its token with each request. */
export const oneSecurity: Oas3Rule = () => {
  let common: unknown;
  return {
    Root({ security }, ctx) {
      common = security;
      const [requirement = {}, ...others] = security ?? [];
      const [scopes, ...more] = Object.values(requirement);
      if (scopes?.length === 0 && others.length === 0 && more.length === 0) return;
      const message = "The client sends one bearer token, so security must name that scheme alone, without scopes.";
      ctx.report({ message, location: ctx.location.child("security") });
    },
    Operation({ security }, ctx) {
      if (security === undefined || isDeepStrictEqual(security, common)) return;
      const message = "The client sends its token with each request, so an operation cannot have security of its own.";
      ctx.report({ message, location: ctx.location.child("security") });
    },
  };
};
