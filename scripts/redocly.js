// @ts-check
// Runs Redocly's command without its telemetry and update check, which would wait for a network that a build may lack.
process.env["REDOCLY_TELEMETRY"] = "off";
process.env["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
// @ts-expect-error the command has no types, and needs none
await import("@redocly/cli/bin/cli.js");
