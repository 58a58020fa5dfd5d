import { factsUnder, holdsAt, nearestSubjects, subjectCounts } from "../../compat/facts/subjects.ts";
import { type Evidence, FACTS, type Fact, findRelease } from "../../compat/index.ts";
import { CLEAN, type ExitStatus, UsageError } from "../exit.ts";
import { type Output, type Paint, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { boundText } from "./explain-lines.ts";

export interface FactsOptions {
  readonly json?: boolean;
  /** Only what is true for this release of its product. */
  readonly release?: string;
}

/** Lists the subjects of facts, or shows the facts of one, by its path or the beginning of it. */
export async function facts(
  subject: string | undefined,
  options: FactsOptions,
  output: Output,
): Promise<ExitStatus> {
  const found = chosen(subject, options.release);
  if (options.json) output.out(`${JSON.stringify({ format: "migwire/facts@1", facts: found })}\n`);
  else if (subject === undefined) output.out(listOf(found));
  else output.out(found.map((fact) => shown(fact, painter(output))).join("\n"));
  return CLEAN;
}

function chosen(subject: string | undefined, release: string | undefined): readonly Fact<unknown>[] {
  const all = FACTS.flat();
  const found = subject === undefined ? all : factsUnder(all, subject);
  if (subject !== undefined && found.length === 0) {
    const near = nearestSubjects(all, subject);
    throw new UsageError(
      `there are no facts of ${printable(subject)}${near.length > 0 ? `; did you mean ${near.join(", ")}?` : ": migwire facts lists what there is"}`,
    );
  }
  if (release === undefined) return found;
  const version = release.replace(/^(?:qemu|libvirt)-/, "");
  const product = /^(qemu|libvirt)-/.exec(release)?.[1] ?? productsOf(found);
  if (product !== "qemu" && product !== "libvirt")
    throw new UsageError(
      `say of which product ${printable(release)} is: qemu-${printable(version)} or libvirt-${printable(version)}`,
    );
  if (!findRelease(product, version)) throw new UsageError(`${product} ${printable(version)} is no release`);
  return found.filter((fact) => fact.id.startsWith(`${product}/`) && holdsAt(fact, version));
}

/** The product that all of them are about; undefined when there are several. */
function productsOf(found: readonly Fact<unknown>[]): string | undefined {
  const products = new Set(found.map(({ id }) => id.split("/")[0]));
  return products.size === 1 ? [...products][0] : undefined;
}

function listOf(found: readonly Fact<unknown>[]): string {
  const counts = subjectCounts(found);
  const width = Math.max(...counts.map(([path]) => path.length));
  const lines = counts.map(([path, count]) => `${path.padEnd(width)}  ${String(count).padStart(4)}\n`);
  return `${lines.join("")}${"facts".padEnd(width)}  ${String(found.length).padStart(4)}\n`;
}

function shown(fact: Fact<unknown>, paint: Paint): string {
  const until = fact.until === undefined ? "" : `, until ${boundText(fact.until)}`;
  return [
    paint("bold", fact.id),
    `  ${fact.claim}`,
    ...row("since", `${boundText(fact.since)}${until}`),
    ...(fact.value === true ? [] : row("value", valueText(fact.value))),
    ...fact.evidence.flatMap((one) => row("evidence", evidenceText(one))),
    ...(fact.notes === undefined ? [] : row("notes", fact.notes)),
    "",
  ].join("\n");
}

function row(name: string, text: string): readonly string[] {
  return text.split("\n").map((line, i) => `  ${(i === 0 ? name : "").padEnd(8)}  ${line}`);
}

function valueText(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return plain(value);
  return Object.entries(value)
    .map(([key, part]) => `${key}: ${plain(part)}`)
    .join("\n");
}

function plain(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return "none";
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function evidenceText(evidence: Evidence): string {
  if (evidence.kind === "commit") return `commit ${evidence.commit}, first in ${evidence.release}`;
  if (evidence.kind === "news") return `release notes of ${evidence.release}`;
  return evidence.kind === "run" ? `run: ${evidence.of}` : `source: ${evidence.where}`;
}
