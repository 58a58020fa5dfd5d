import type { Field, Names, StructDef } from "../layout/fields.ts";
import { fixedSizeOfField } from "../layout/struct.ts";
import { conditionText, hex, innerTables, lengthText, namesOf } from "./names.ts";
import { rulerOf } from "./ruler.ts";

const FIELD_HEADER = ["Offset", "Bytes", "Field", "Type", "Present", "Meaning"];
const NAME_HEADER = ["Value", "Name", "Since", "Until", "Meaning"];

/** Where a nested table is explained. */
type Link = (table: StructDef) => string;

const samePage: Link = (table) => `#${table.name.toLowerCase()}`;

/** One table as a section of a Markdown page: octet ruler, fields, then the values and bits that have names. */
export function markdownOf(def: StructDef, link: Link = samePage): string {
  const blocks = [
    `## ${def.name}`,
    def.doc,
    `Byte order: ${def.endian === "be" ? "big" : "little"} endian. Source: ${escaped(def.source)}.`,
    ["```text", rulerOf(def).trimEnd(), "```"].join("\n"),
    table(FIELD_HEADER, fieldRows(def, link)),
    ...Object.entries(def.fields).flatMap(([name, field]) => namesBlock(name, field)),
    contextBlock(def),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** Offsets count from the start of the struct, or, after a field that varies, from that field's end. */
function fieldRows(def: StructDef, link: Link): string[][] {
  let after = "";
  let offset = 0;
  return Object.entries(def.fields).map(([name, field]) => {
    const size = fixedSizeOfField(field);
    const at = after === "" ? String(offset) : `${after} + ${offset}`;
    const present = field.when ? conditionText(field.when) : "always";
    const row = [at, sizeText(field), `\`${name}\``, typeText(field, link), present, meaning(field)];
    if (size === undefined || field.when) [after, offset] = [name, 0];
    else offset += size;
    return row;
  });
}

function sizeText(field: Field): string {
  const size = fixedSizeOfField(field);
  if (size !== undefined) return String(size);
  return field.kind === "bytes" || field.kind === "text" ? lengthText(field.length) : "varies";
}

function typeText(field: Field, link: Link): string {
  const links = innerTables(field).map((inner) => `[${inner.name}](${link(inner)})`);
  if (field.kind === "array") return `${links[0]} × ${lengthText(field.count)}`;
  if (field.kind !== "choice") return links[0] ?? field.kind;
  const cases = Object.keys(field.cases).map((tag, i) => `${tag}: ${links[i]}`);
  const otherwise = field.otherwise === undefined ? [] : [`else ${lengthText(field.otherwise)} bytes`];
  return `by ${field.tag}: ${[...cases, ...otherwise].join("; ")}`;
}

function meaning(field: Field): string {
  const equals = "equals" in field && field.equals !== undefined ? `Always ${hex(field.equals)}.` : "";
  const unit = "unit" in field && field.unit ? `In ${field.unit}.` : "";
  const since = field.since ? `Since ${field.since}.` : "";
  const until = field.until ? `Until ${field.until}.` : "";
  return [field.doc, equals, unit, since, until].filter((part) => part !== "").join(" ");
}

function namesBlock(name: string, field: Field): string[] {
  const names = namesOf(field);
  if (!names || Object.keys(names).length === 0) return [];
  const what = field.kind === "u64" ? "bits beside the address" : "bits" in field ? "bits" : "values";
  return [
    `### ${name}: ${what}`,
    table(NAME_HEADER, nameRows(names, "values" in field && field.format !== "hex")),
  ];
}

function nameRows(names: Names, decimal: boolean): string[][] {
  return Object.entries(names).map(([key, named]) => [
    decimal ? key : hex(key),
    `\`${named.name}\``,
    named.since ?? "",
    named.until ?? "",
    named.doc,
  ]);
}

function contextBlock(def: StructDef): string {
  const contexts = Object.entries(def.context ?? {});
  if (contexts.length === 0) return "";
  const lines = contexts.map(([name, doc]) => `- \`${name}\`: ${doc}`);
  return ["Context, which the bytes do not tell:", "", ...lines].join("\n");
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

function escaped(cell: string): string {
  return cell.replaceAll("|", "\\|").replaceAll("\n", " ");
}
