/** What a Kaitai specification is made of. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

const PLAIN = /^[A-Za-z][A-Za-z0-9_]*$/;
/** Plain words that some YAML readers take for something else. */
const SPECIAL = /^(true|false|yes|no|on|off|null|y|n)$/i;

/** Block style YAML. Keys keep their order; whatever is not a plain word is double-quoted, as in JSON. */
export function yamlText(value: Yaml, indent = ""): string {
  if (Array.isArray(value)) return value.map((item) => `${indent}- ${itemText(item, indent)}`).join("");
  return Object.entries(value)
    .map(([key, inner]) => `${indent}${keyText(key)}:${afterKey(inner, indent)}`)
    .join("");
}

function afterKey(value: Yaml, indent: string): string {
  if (typeof value !== "object") return ` ${scalarText(value)}\n`;
  if (Object.keys(value).length === 0) return Array.isArray(value) ? " []\n" : " {}\n";
  return `\n${yamlText(value, `${indent}  `)}`;
}

/** The first line of an item follows its dash. */
function itemText(value: Yaml, indent: string): string {
  return typeof value === "object" ? yamlText(value, `${indent}  `).trimStart() : `${scalarText(value)}\n`;
}

function keyText(key: string): string {
  return /^(0x[0-9a-f]+|[0-9]+|_|[a-z][a-z0-9-]*)$/.test(key) || isPlain(key) ? key : JSON.stringify(key);
}

function scalarText(value: string | number | boolean): string {
  return typeof value === "string" && !isPlain(value) ? JSON.stringify(value) : String(value);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !SPECIAL.test(text);
}
