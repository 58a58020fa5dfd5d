import type { Finding, RamBlock, StreamEvent } from "../../codec/index.ts";
import { anonymousFiles, filesIn } from "../block-files.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../exit.ts";
import { findingsDocument, hasErrors } from "../findings.ts";
import { cleanUpOnExit } from "../interrupt.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { startProgress } from "../progress.ts";
import { type Reading, readStreamFile } from "../read-stream.ts";
import { createRebuild, type Rebuild, type RebuiltBlock } from "../rebuild.ts";
import { type RamResult, renderRam } from "../render-ram.ts";

export interface RamOptions {
  readonly json?: boolean;
  /** Only this block. */
  readonly block?: string;
  /** Directory to write one file a block to. */
  readonly out?: string;
  /** Replace files that exist. */
  readonly force?: boolean;
  readonly offset?: number;
}

/** Rebuilds guest memory from a stream: page counts and SHA-256 of every RAM block, and with `out` their content. */
export async function ram(name: string, options: RamOptions, output: Output): Promise<ExitStatus> {
  const { block, out, force = false } = options;
  const files = out === undefined ? anonymousFiles() : filesIn(out, force);
  const rebuild = createRebuild({ files, ...(block === undefined ? {} : { only: block }) });
  const release = out === undefined ? () => {} : cleanUpOnExit(() => rebuild.discard());
  try {
    const event = (told: StreamEvent) => {
      rebuild.event(told);
      if (told.kind === "ram-blocks" && block !== undefined) mustHave(told.blocks, block);
    };
    const reading = await readStreamFile(name, { event, page: rebuild.page }, options.offset ?? 0, output);
    if (block !== undefined && rebuild.blocks === undefined && !hasErrors(reading.findings))
      mustHave([], block);
    const blocks = await finish(rebuild, reading, output);
    const findings = [...reading.findings, ...remarksOn(reading, blocks, rebuild.blocks ?? [])];
    const result = { reading, findings, blocks };
    if (options.json) output.out(`${JSON.stringify(document(result), null, 2)}\n`);
    else output.out(renderRam(result, painter(output)));
    return hasErrors(findings) ? FINDINGS : CLEAN;
  } finally {
    release();
    rebuild.discard();
  }
}

function mustHave(blocks: readonly RamBlock[], name: string): void {
  if (blocks.some(({ idstr }) => idstr === name)) return;
  const names = blocks.map(({ idstr }) => printable(idstr)).join(", ");
  throw new UsageError(`no RAM block "${printable(name)}"; the stream has ${names || "none"}`);
}

async function finish(
  rebuild: Rebuild,
  { name, end }: Reading,
  output: Output,
): Promise<readonly RebuiltBlock[]> {
  const progress = startProgress({ name: `${name}: hashing`, size: rebuild.bytes }, output);
  try {
    return await rebuild.finish(end.pageSize, progress.update);
  } finally {
    progress.stop();
  }
}

/** What this verb has to say itself, beside the findings of the reader. */
function remarksOn(
  { container, end }: Reading,
  rebuilt: readonly RebuiltBlock[],
  all: readonly RamBlock[],
): Finding[] {
  const remarks: Finding[] = rebuilt.flatMap(({ idstr, usedLength, lost }) =>
    lost === undefined ? [] : [notRebuilt(idstr, usedLength, WHY[lost])],
  );
  const content = all.some(({ pages }) => pages.normal + pages.xbzrle + pages.compressed > 0);
  const gaps = rebuilt.some(({ never }) => never > 0);
  if (end.reason === "eof" && container === "qevm" && gaps && (end.flushes > 0 || !content))
    remarks.push({ rule: "RAM_PAGES_IN_STREAM", level: "warning", subject: "", args: {} });
  return remarks;
}

const WHY = {
  "too-long-for-file-system": "the file system takes no file of that length",
  "too-long-to-hash": "most of it was never sent",
} as const;

function notRebuilt(block: string, length: number, why: string): Finding {
  return { rule: "RAM_BLOCK_REBUILT", level: "error", subject: "", args: { block, length, why } };
}

function document({ reading, findings, blocks }: RamResult) {
  return {
    format: "migwire/ram@1",
    blocks: blocks.map(
      ({ idstr, usedLength, pages: { normal, zero, xbzrle, compressed }, never, sha256, path }) => ({
        idstr,
        usedLength: String(usedLength),
        pageSize: reading.end.pageSize,
        pages: { normal, zero, xbzrle, compressed, never },
        sha256,
        ...(path === undefined ? {} : { file: path }),
      }),
    ),
    ...findingsDocument(findings, reading.end.untold),
  };
}
