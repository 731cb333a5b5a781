/** The name of this package; a test compares it with package.json. What must be unique among packages is made from it. */
export const packageName = "managed-mysql-client";
