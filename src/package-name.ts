/** The name of this package; a test compares it with package.json. Ids that must be unique begin with it. */
export const packageName = "managed-mysql-client";
