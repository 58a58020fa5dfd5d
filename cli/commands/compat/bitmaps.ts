import {
  type CheckedMapping,
  checkMapping,
  MAPPING_KINDS,
  MappingError,
  type MappingKind,
} from "../../../compat/bitmaps/index.ts";
import { findRelease, versionsOf } from "../../../compat/releases.ts";
import { bitmapOf } from "../../check/bitmap-options.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../../exit.ts";
import { type Output, painter } from "../../output.ts";
import { printable } from "../../printable.ts";
import { readText } from "../../text-file.ts";
import { bitmapsText } from "./bitmaps-text.ts";

export interface BitmapsOptions {
  /** Block nodes of the destination. */
  readonly node?: readonly string[];
  /** Bitmaps of the source as `node/name`. */
  readonly bitmap?: readonly string[];
  /** `7.2.22`; the newest without. */
  readonly release?: string;
  /** Translate into this kind. */
  readonly to?: string;
  readonly json?: boolean;
}

/** More is no mapping, and is not read on. */
const MOST_BYTES = 4 << 20;

/** Is this mapping of dirty bitmaps complete and taken, and what is it in the other words? */
export async function bitmaps(file: string, options: BitmapsOptions, output: Output): Promise<ExitStatus> {
  const release = releaseOf(options.release);
  const context = { release, nodes: options.node, bitmaps: options.bitmap?.map(bitmapOf) };
  const checked = check(file, await readText(file, MOST_BYTES, "a mapping"), context, kindOf(options.to));
  if (options.to !== undefined && options.to === checked.kind)
    output.err(`migwire: ${printable(file)} is a ${checked.kind} already\n`);
  const document = { format: "migwire/bitmaps@1", input: file, release, ...shown(checked) };
  output.out(
    options.json ? `${JSON.stringify(document, null, 2)}\n` : bitmapsText(file, checked, painter(output)),
  );
  return checked.findings.some(({ level }) => level === "error") ? FINDINGS : CLEAN;
}

function shown({ kind, findings, translation }: CheckedMapping) {
  return { kind: kind ?? null, findings, translation: translation ?? null };
}

function check(
  file: string,
  text: string,
  context: Parameters<typeof checkMapping>[1],
  to: MappingKind | undefined,
): CheckedMapping {
  try {
    return checkMapping(text, context, to);
  } catch (error) {
    if (error instanceof MappingError)
      throw new UsageError(`${printable(file)}: ${printable(error.message)}`);
    throw error;
  }
}

function releaseOf(asked: string | undefined): string {
  const release = asked?.replace(/^qemu-/, "") ?? versionsOf("qemu").at(-1) ?? "";
  if (!findRelease("qemu", release))
    throw new UsageError(`--release ${printable(asked ?? "")}: no release of QEMU`);
  return release;
}

function kindOf(asked: string | undefined): MappingKind | undefined {
  if (asked === undefined) return undefined;
  const kind = MAPPING_KINDS.find((each) => each === asked);
  if (!kind) throw new UsageError(`--to ${printable(asked)}: ${MAPPING_KINDS.join(" or ")}`);
  return kind;
}
