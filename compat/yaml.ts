import { boolCoreTag, FAILSAFE_SCHEMA, intCoreTag, load, nullCoreTag, YAMLException } from "js-yaml";
import { scanJson } from "./scan-json.ts";

/** A text is no YAML: where, and why. */
export class YamlError extends Error {
  override readonly name = "YamlError";
}

/** Numbers with a point stay text: 10.0 is a version. */
const SCHEMA = FAILSAFE_SCHEMA.withTags(nullCoreTag, boolCoreTag, intCoreTag);
/** Aliases could make much of little. */
const MOST_ALIASES = 100;
const DEEPEST = 64;

/** Reads YAML, or JSON, which is read faster. Throws a YamlError that names line and column, or what stands twice. */
export function parseYaml(text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return loaded(text);
  }
  const { depth, duplicates } = scanJson(text, DEEPEST);
  if (depth > DEEPEST) throw new YamlError(`nested deeper than ${DEEPEST}`);
  if (duplicates.length > 0) throw new YamlError(`there twice in one object: ${duplicates.join(", ")}`);
  return json;
}

function loaded(text: string): unknown {
  try {
    return load(text, { schema: SCHEMA, maxAliases: MOST_ALIASES, maxDepth: DEEPEST });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { mark, reason } = error;
    throw new YamlError(mark ? `line ${mark.line + 1}, column ${mark.column + 1}: ${reason}` : reason);
  }
}
