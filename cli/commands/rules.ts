import { findRule, RULES } from "../../compat/rules/index.ts";
import { REMEDIES } from "../../compat/rules/remedies.ts";
import type { Rule } from "../../compat/rules/rule.ts";
import { CLEAN, type ExitStatus, UsageError } from "../exit.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { columns } from "../text.ts";

export interface RulesOptions {
  readonly json?: boolean;
}

/** Lists the rules that a proposal can break, or shows one. */
export async function rules(
  id: string | undefined,
  { json }: RulesOptions,
  output: Output,
): Promise<ExitStatus> {
  const rule = id === undefined ? undefined : findRule(id.toUpperCase().replaceAll("-", "_"));
  if (id !== undefined && !rule)
    throw new UsageError(`there is no rule ${printable(id)}; migwire rules lists them`);
  const chosen = rule ? [rule] : RULES;
  if (json) {
    const document = { format: "migwire/rules@1", rules: chosen.map(documentOf) };
    output.out(`${JSON.stringify(document, null, 2)}\n`);
  } else if (rule) output.out(shown(rule, output));
  else {
    const rows = RULES.map(({ id, promise, level, purpose }) => [id, promise, level, purpose]);
    output.out(`${columns(rows, new Set()).join("\n")}\n`);
  }
  return CLEAN;
}

function documentOf({ isBroken: _, remedies, ...rule }: Rule) {
  return { ...rule, remedies: remedies.map((kind) => ({ kind, text: REMEDIES[kind] })) };
}

const PROMISES: Readonly<Record<Rule["promise"], string>> = {
  BITSTREAM: "the old reader parses on",
  STATE: "the result is right too",
  ROUNDTRIP: "and so is the way back",
};

function shown(rule: Rule, output: Output): string {
  const paint = painter(output);
  const lines = [
    paint("bold", rule.id),
    `  ${rule.purpose}`,
    `  promise    ${rule.promise}: ${PROMISES[rule.promise]}`,
    `  level      ${rule.level}`,
    `  reference  ${rule.reference}`,
    `  witness    ${rule.witness}`,
    "  remedies",
    ...rule.remedies.map((kind) => `    - ${REMEDIES[kind]}`),
  ];
  return `${lines.join("\n")}\n`;
}
