import type { Factor } from "../../compat/check/factor.ts";
import { FACTORS } from "../../compat/check/factors/index.ts";
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

/** Lists the rules that a proposal or a scenario can break, or shows one. */
export async function rules(
  id: string | undefined,
  { json }: RulesOptions,
  output: Output,
): Promise<ExitStatus> {
  const wanted = id?.toUpperCase().replaceAll("-", "_");
  const rule = wanted === undefined ? undefined : findRule(wanted);
  const factor = FACTORS.find((each) => each.rule === wanted);
  if (wanted !== undefined && !rule && !factor)
    throw new UsageError(
      `there is no rule ${printable(id ?? "")} of proposals or scenarios; migwire rules lists those, migwire explain knows the others`,
    );
  const chosen = wanted === undefined ? RULES : rule ? [rule] : [];
  const factors = wanted === undefined ? FACTORS : factor ? [factor] : [];
  if (json) {
    const all = [...chosen.map(documentOf), ...factors.map(documentOfFactor)];
    output.out(`${JSON.stringify({ format: "migwire/rules@1", rules: all }, null, 2)}\n`);
  } else if (rule) output.out(shown(rule, output));
  else if (factor) output.out(shownFactor(factor, output));
  else output.out(listed(output));
  return CLEAN;
}

function listed(output: Output): string {
  const paint = painter(output);
  const proposals = RULES.map(({ id, promise, level, purpose }) => [id, promise, level, purpose]);
  const scenarios = FACTORS.map(({ rule, purpose }) => [rule, purpose]);
  return [
    paint("bold", "of proposals (compat breaking)"),
    ...columns(proposals, new Set()),
    "",
    paint("bold", "of scenarios (compat check)"),
    ...columns(scenarios, new Set()),
    "",
  ].join("\n");
}

function documentOf({ isBroken: _, remedies, ...rule }: Rule) {
  return { of: "proposal", ...rule, remedies: remedies.map((kind) => ({ kind, text: REMEDIES[kind] })) };
}

function documentOfFactor({ rule, purpose, reference }: Factor) {
  return { of: "scenario", id: rule, purpose, reference };
}

function shownFactor({ rule, purpose, reference }: Factor, output: Output): string {
  return `${[painter(output)("bold", rule), `  ${purpose}`, `  reference  ${reference}`].join("\n")}\n`;
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
