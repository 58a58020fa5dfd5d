import type { z } from "zod";
import { parseYaml, YamlError } from "../yaml.ts";
import { conversationsOf } from "./conversation.ts";
import { saveImage } from "./save-image.ts";
import { type Change, type Proposal, proposalSchema } from "./schema.ts";
import { checkTables } from "./tables.ts";

/** A proposal's file is wrong: where, and how. */
export class ProposalError extends Error {
  override readonly name = "ProposalError";
  constructor(
    /** Path of the value within the file: `changes[0].type`; empty for the file as a whole. */
    readonly path: string,
    readonly problem: string,
  ) {
    super(path === "" ? problem : `${path}: ${problem}`);
  }
}

/** No proposal needs more. */
const MOST_TEXT = 1 << 20;

/** Reads a proposal, YAML or JSON. Throws a ProposalError that names the place and what is wrong with it. */
export function parseProposal(text: string): Proposal {
  if (text.length > MOST_TEXT) throw new ProposalError("", "longer than a proposal can be");
  const result = proposalSchema.safeParse(read(text));
  if (!result.success) throw problemOf(result.error.issues);
  const problem = checkTables(result.data);
  if (problem) throw new ProposalError(problem.path, problem.problem);
  for (const [i, change] of result.data.changes.entries()) mustEncode(change, `changes[${i}]`);
  return result.data;
}

/** A release that has every channel there is to try the bytes on. */
const TRIAL = "7.2";

/** Counts and what they count have to agree; that shows only when it is encoded. */
function mustEncode(change: Change, path: string): void {
  try {
    if (change.kind === "save-header") saveImage(change, "unfinished", "proposed");
    else conversationsOf(change, TRIAL);
  } catch (error) {
    if (error instanceof TypeError) throw new ProposalError(path, error.message);
    throw error;
  }
}

function read(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) throw new ProposalError("", error.message);
    throw error;
  }
}

/** The first issue; within a choice of forms that of the form which was meant. */
function problemOf(issues: readonly z.core.$ZodIssue[], at: readonly PropertyKey[] = []): ProposalError {
  const [issue] = issues;
  if (!issue) return new ProposalError("", "not a proposal");
  const path = [...at, ...issue.path];
  const meant = issue.code === "invalid_union" ? issue.errors.find(isMeant) : undefined;
  return meant ? problemOf(meant, path) : new ProposalError(pathText(path), issue.message);
}

/** The keys are those of the form, and what is wrong lies within it. */
function isMeant(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every(({ code, path }) => code !== "unrecognized_keys" && path.length > 0);
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`))
    .join("");
}
