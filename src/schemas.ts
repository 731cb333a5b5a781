// The schemas of the description under their own names, for users: each is public as soon as the description has it.
export type * from "../generated/schemas.js";
