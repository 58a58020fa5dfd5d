import type { Checked } from "../../../compat/proposal/check.ts";
import { groupResults, type ResultGroup, spans } from "../../../compat/proposal/groups.ts";
import type { Outcome } from "../../../compat/proposal/outcome.ts";
import { breakagesOf, describeChange, describeGate } from "../../../compat/proposal/summary.ts";
import type { Paint } from "../../output.ts";
import { printable } from "../../printable.ts";
import { fold, plural } from "../../text.ts";

/** Other endings told of one proof: threads race, and most differ by a line. All are in the documents. */
const MOST_ALTERNATIVES = 1;

const COLOURS: Readonly<Record<Outcome, "red" | "yellow" | "green">> = {
  ignored: "green",
  accepted: "green",
  refused: "red",
  aborts: "red",
  hangs: "red",
  misread: "red",
  unknown: "yellow",
};

/** The report for people: releases that do the same are told together. */
export function breakingText(checked: Checked, paint: Paint): string {
  const { proposal, gating, results, peers } = checked;
  const all = [...new Set(results.map(({ peer }) => peer))];
  const lines = [
    ...titled("proposal", `${proposal.id}: ${proposal.title}`),
    ...titled("from", proposal.reference),
    ...titled("gate", describeGate(gating)),
    ...titled("against", all.length === 0 ? "nobody" : `${plural(all.length, "release")}: ${spans(all)}`),
  ];
  const groups = groupResults(results);
  for (const [number, change] of proposal.changes.entries()) {
    lines.push("", paint("bold", printable(describeChange(change))));
    for (const group of groups) if (group.result.change === number) lines.push(...groupLines(group, paint));
  }
  for (const { rule, level, peers: broken, remedies } of breakagesOf(checked)) {
    const colour = level === "error" ? "red" : "yellow";
    const who = level === "error" ? "breaks" : "breaks, once its gate is opened towards them,";
    lines.push("", `${paint(colour, level)}: ${rule.id} (${rule.promise}): ${who} ${spans(broken)}`);
    lines.push(`  ${rule.purpose}`, `  see ${rule.reference}`);
    for (const { text } of remedies) lines.push(...indented(4, "- ", text));
  }
  const broken = new Set(results.filter(({ breaks }) => breaks).map(({ peer }) => peer)).size;
  const verdict =
    broken > 0
      ? paint("red", `breaks ${broken} of ${peers.asked} released peers`)
      : paint("green", `breaks none of ${peers.asked} released peers`);
  lines.push("", `${verdict}${notConcerned(checked)}`);
  return `${lines.join("\n")}\n`;
}

function notConcerned({ peers: { asked, concerned } }: Checked): string {
  const left = asked - concerned;
  return left > 0 ? `; ${left} of them have no such thing on the wire` : "";
}

function groupLines({ peers, result }: ResultGroup, paint: Paint): string[] {
  const { state, side, gate, outcome, proof } = result;
  const when = [side, state === "any" ? "" : state, gate === "none" ? "" : `gate ${gate}`].filter(
    (word) => word !== "",
  );
  const head = `  ${paint(COLOURS[outcome], outcome.padEnd(8))}  ${spans(peers)} (${when.join(", ")})`;
  if (!proof || (outcome === "ignored" && proof.text === "")) return [head];
  const at = proof.stop
    ? `stops at ${proof.stop.path}, byte ${proof.stop.offset} of connection ${proof.stop.connection}`
    : "";
  const ends = proof.endStatus ?? proof.status;
  const exit =
    proof.exit === null ? "" : proof.exit < 0 ? `killed by signal ${-proof.exit}` : `exit ${proof.exit}`;
  const lives = proof.stop && proof.alive && side === "destination" ? "the process lives on" : "";
  const became = [
    ends === null ? "" : `status ${ends}`,
    exit,
    proof.monitorDead ? "monitor does not answer" : lives,
  ];
  const facts = [at, ...became].filter((word) => word !== "").join("; ");
  return [
    head,
    ...(facts === "" ? [] : [`            ${facts}`]),
    ...(proof.bytes === "" ? [] : indented(12, "bytes ", `${proof.bytes} at ${proof.offset}`)),
    ...proof.text.split("\n").flatMap((line) => (line === "" ? [] : indented(12, "says ", line))),
    ...proof.alternatives
      .slice(0, MOST_ALTERNATIVES)
      .flatMap((line) => indented(12, "or ", line.replaceAll("\n", " / "))),
  ];
}

function titled(title: string, text: string): string[] {
  const [first = "", ...rest] = fold(text.split(" "), " ");
  return [`${title.padEnd(9)} ${first}`, ...rest.map((line) => `${" ".repeat(10)}${line}`)];
}

function indented(columns: number, mark: string, text: string): string[] {
  const [first = "", ...rest] = fold(text.split(" "), " ", columns + mark.length);
  const margin = " ".repeat(columns);
  return [`${margin}${mark}${first}`, ...rest.map((line) => `${margin}${" ".repeat(mark.length)}${line}`)];
}
