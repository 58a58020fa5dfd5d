import { startPeer } from "../../../compat/peers/process.ts";
import { releasesFor } from "../../../compat/proposal/against.ts";
import { type Checked, checkProposal } from "../../../compat/proposal/check.ts";
import { ProposalError, parseProposal } from "../../../compat/proposal/parse.ts";
import type { Proposal } from "../../../compat/proposal/schema.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../../exit.ts";
import { type Output, painter } from "../../output.ts";
import { printable } from "../../printable.ts";
import { readText } from "../../text-file.ts";
import { breakingDocument } from "./breaking-document.ts";
import { breakingGithub } from "./breaking-github.ts";
import { breakingJunit } from "./breaking-junit.ts";
import { breakingSarif } from "./breaking-sarif.ts";
import { breakingText } from "./breaking-text.ts";
import type { BreakingFormat } from "./formats.ts";

export interface BreakingOptions {
  /** Releases or ranges of them; all without. */
  readonly against?: readonly string[];
  readonly format?: BreakingFormat;
}

/** Which released peers would a proposed change of the protocol break? */
export async function breaking(
  file: string,
  { against = [], format = "text" }: BreakingOptions,
  output: Output,
): Promise<ExitStatus> {
  const proposal = await readProposal(file);
  const releases = chosen(against);
  const checked = checkProposal(proposal, releases, startPeer);
  if (checked.peers.asked === 0)
    throw new UsageError(
      `${printable(against.join(", "))}: ${printable(proposal.id)} is about ${productOf(proposal)}`,
    );
  output.out(render(file, checked, format, output));
  return checked.breaks ? FINDINGS : CLEAN;
}

function render(file: string, checked: Checked, format: BreakingFormat, output: Output): string {
  switch (format) {
    case "text":
      return breakingText(checked, painter(output));
    case "json":
      return `${JSON.stringify(breakingDocument(file, checked), null, 2)}\n`;
    case "github":
      return breakingGithub(file, checked);
    case "junit":
      return breakingJunit(checked);
    case "sarif":
      return `${JSON.stringify(breakingSarif(file, checked), null, 2)}\n`;
  }
}

function productOf({ changes }: Proposal): string {
  return changes.some(({ kind }) => kind === "save-header") ? "libvirt" : "QEMU";
}

function chosen(against: readonly string[]) {
  try {
    return releasesFor(against);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(printable(error.message));
    throw error;
  }
}

/** More is no proposal, and is not read on. */
const MOST_BYTES = 4 << 20;

async function readProposal(file: string): Promise<Proposal> {
  const text = await readText(file, MOST_BYTES, "a proposal");
  try {
    return parseProposal(text);
  } catch (error) {
    if (error instanceof ProposalError)
      throw new UsageError(`${printable(file)}: ${error.message.split("\n").map(printable).join("\n")}`);
    throw error;
  }
}
