import type { Condition, Field, Length, StructDef } from "../layout/fields.ts";
import { hex, lengthText, snakeCase } from "./names.ts";

/** A condition as a Kaitai expression. */
export function expressionOf(def: StructDef, when: Condition): string {
  if ("context" in when) return contextId(when.context);
  const left = numberExpression(def, when.field);
  if ("is" in when) return `${left} == ${when.is}`;
  return "atLeast" in when ? `${left} >= ${when.atLeast}` : `(${left} & ${hex(when.bit)}) != 0`;
}

export function lengthExpression(def: StructDef, length: Length): string | number {
  return typeof length === "number" ? length : lengthText(length, (name) => numberExpression(def, name));
}

/** An earlier field as a number: 0 when its condition does not hold, its value when Kaitai sees an enumeration. */
export function numberExpression(def: StructDef, name: string): string {
  const field = def.fields[name];
  const plain = `${snakeCase(name)}${field && isEnumeration(field) ? ".to_i" : ""}`;
  return field?.when ? `(${expressionOf(def, field.when)} ? ${plain} : 0)` : plain;
}

/** Whether a choice keeps unlisted tags as bytes. */
export function elseOctets(field: Field): boolean {
  return field.kind === "choice" && field.otherwise !== undefined;
}

/** Parameter that stands for a context name. */
export function contextId(name: string): string {
  return `with_${snakeCase(name)}`;
}

/** A constant is checked as a number, so it is not shown as an enumeration. */
export function isEnumeration(field: Field): boolean {
  return "values" in field && field.equals === undefined && Object.keys(field.values ?? {}).length > 0;
}
