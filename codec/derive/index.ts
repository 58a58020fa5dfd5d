export { ksyOf, ksySpec } from "./ksy.ts";
export { luaOf } from "./lua.ts";
export { markdownOf } from "./markdown.ts";
export { contextsOf, tablesOf } from "./names.ts";
export { rulerOf } from "./ruler.ts";
export type { Yaml } from "./yaml.ts";
export { type Json, type JsonObject, zodOf } from "./zod.ts";
