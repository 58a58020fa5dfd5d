import type { ErrorText } from "../../../facts/error-text.ts";
import type { Fact } from "../../../facts/fact.ts";
import {
  BLOCK_DEPRECATED,
  COMPRESS_DEPRECATED,
  ZERO_BLOCKS_DEPRECATED,
} from "../../../facts/qemu/settings/capability-warnings.ts";
import type { Factor, Problem } from "../../factor.ts";
import { capabilitiesOf } from "./known.ts";
import { alsoWrong, bothEnds } from "./settle.ts";

const WARNINGS: Readonly<Record<string, readonly Fact<ErrorText>[]>> = {
  block: BLOCK_DEPRECATED,
  compress: COMPRESS_DEPRECATED,
  "zero-blocks": ZERO_BLOCKS_DEPRECATED,
};

export const capabilityCurrent: Factor = {
  rule: "CAPABILITY_CURRENT",
  purpose: "Checks that no side sets a capability that its release calls deprecated.",
  reference: "qapi/migration.json, features of MigrationCapability; migrate_caps_check(), warn_report()",
  find(pair) {
    let problems: readonly Problem[] = NONE;
    for (const end of bothEnds(pair))
      for (const capability in end.peer.capabilities ?? NOTHING) {
        const known = end.has(capability) ? capabilitiesOf(end.version).get(capability) : undefined;
        if (known?.value.stage !== "deprecated") continue;
        const text = end.say(WARNINGS[capability] ?? NO_TEXT)?.text ?? "";
        const args = { capability, text, until: untilOf(known.fact) };
        const problem = alsoWrong(end, `capabilities ${end.role}`, "warning", { args, facts: [known.fact] });
        problems = [...problems, problem];
      }
    return problems;
  },
};

const NONE: readonly Problem[] = [];
const NO_TEXT: readonly Fact<ErrorText>[] = [];
const NOTHING = {};

function untilOf({ until }: Fact<unknown>): string {
  return until === undefined ? "" : typeof until === "string" ? until : until.atLatest;
}
