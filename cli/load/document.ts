import { evidenceOfAll } from "../../compat/check/evidence.ts";
import { FACTS } from "../../compat/facts/index.ts";
import type { LoadFinding, LoadResult } from "../../compat/load/result.ts";
import { LOAD_WORDINGS } from "../../compat/load/wording.ts";
import type { JudgedInput } from "./read-input.ts";

/** `compat load --json`. */
export function loadDocument(name: string, { machine, results }: JudgedInput) {
  return {
    format: "migwire/load@1",
    input: { name },
    machine,
    results: results.map(({ findings, sections, ...result }: LoadResult) => ({
      ...result,
      sections: sections.map(({ findings: own, ...section }) => ({
        ...section,
        findings: own.map(toldFinding),
      })),
      findings: findings.map(toldFinding),
    })),
  };
}

/** A finding with its words. */
export function toldFinding({ rule, level, subject, offset, args, facts }: LoadFinding) {
  const wording = LOAD_WORDINGS[rule];
  if (!wording) throw new TypeError(`${rule} has no wording`);
  return {
    rule,
    level,
    subject,
    ...(offset === undefined ? {} : { offset }),
    message: wording.message(args),
    remedy: wording.remedy(args) ?? null,
    evidence: evidenceOfAll(facts.flatMap((id) => FACTS.flat().filter((fact) => fact.id === id))),
  };
}
