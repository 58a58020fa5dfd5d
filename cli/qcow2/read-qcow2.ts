import { answer } from "../../codec/formats/qcow2/random-access.ts";
import { readQcow2 } from "../../codec/formats/qcow2/read-qcow2.ts";
import { extentsWith, vmstateExtents } from "../../codec/formats/qcow2/vmstate-extents.ts";
import type {
  ChannelReader,
  Finding,
  Qcow2Facts,
  Qcow2Image,
  Qcow2Snapshot,
  Span,
  VmstateExtent,
} from "../../codec/index.ts";
import type { Input } from "../io.ts";
import { feedVmstate } from "./feed-vmstate.ts";
import { openFile } from "./qcow2-file.ts";
import { stateLength } from "./state-length.ts";

/** Findings kept of one VM state. */
const MOST_FINDINGS = 1000;

export interface OpenedQcow2 {
  readonly name: string;
  /** Bytes of the image, decompressed. */
  readonly size: number;
  /** Null where there is no header to go by. */
  readonly facts: Qcow2Facts | null;
  readonly snapshots: readonly Qcow2Snapshot[];
  /** Of header and snapshot table; offsets in the file. */
  readonly findings: readonly Finding[];
  /** Whether VM states can be read; the findings say why not. */
  readonly readable: boolean;
  /** Reads the VM state of a snapshot into a reader, and finishes it. Offsets that the reader tells are in the VM state. */
  feed(
    snapshot: Qcow2Snapshot,
    reader: ChannelReader,
    progress?: (bytes: number) => void,
  ): Promise<StateDelivery>;
  /** Where the VM state is in the file. */
  extents(snapshot: Qcow2Snapshot, length?: number): Generator<VmstateExtent, void, undefined>;
  /** Frees what was spooled. The input itself is the caller's to close. */
  close(): void;
}

export interface StateDelivery {
  /** Bytes from the beginning of the VM state to its end, as far as it could be read. */
  readonly bytes: number;
  /** What is wrong with the clusters of the VM state; offsets in the file. */
  readonly findings: readonly Finding[];
}

/** Opens a qcow2 image for its internal snapshots. A pipe or compressed file is spooled first. */
export async function openQcow2(input: Input, span?: (span: Span) => void): Promise<OpenedQcow2> {
  const file = await openFile(input);
  const base = input.offset;
  const shifted = (finding: Finding): Finding =>
    base === 0 ? finding : { ...finding, offset: (finding.offset ?? 0) + base };
  const spanned = span && ((told: Span) => span({ ...told, start: told.start + base, end: told.end + base }));
  try {
    const options = { size: file.size, ...(spanned ? { span: spanned } : {}) };
    const image = answer(readQcow2(options), file.read);
    const { facts, snapshots, readable } = image;
    return {
      name: input.name,
      size: file.size,
      facts,
      snapshots,
      readable,
      findings: [...file.findings, ...image.findings.map(shifted)],
      async feed(snapshot, reader, progress = () => {}) {
        const findings: Finding[] = [];
        const find = (finding: Finding) => {
          if (findings.length < MOST_FINDINGS) findings.push(shifted(finding));
        };
        const bytes = await feedAll(image, snapshot, { file, reader, find, progress });
        reader.finish();
        return { bytes, findings };
      },
      *extents(snapshot, length) {
        if (readable) yield* extentsWith(vmstateExtents(image, snapshot, length), file.read);
      },
      close: file.close,
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

type Parts = Omit<Parameters<typeof feedVmstate>[0], "image" | "facts">;

async function feedAll(image: Qcow2Image, snapshot: Qcow2Snapshot, parts: Parts): Promise<number> {
  const { facts, readable } = image;
  if (!facts || !readable) return 0;
  const feed = { image, facts, ...parts };
  const { length, sparse } = await stateLength(feed, image, snapshot);
  return await feedVmstate({ ...feed, sparse }, snapshot, length);
}
