import { extentsWith, vmstateExtents } from "../../codec/formats/qcow2/vmstate-extents.ts";
import type {
  ChannelReader,
  Finding,
  Qcow2Facts,
  Qcow2Image,
  Qcow2Snapshot,
  VmstateExtent,
} from "../../codec/index.ts";
import { breathe, CHUNK } from "../file-bytes.ts";
import { inflateCluster } from "./inflate-cluster.ts";
import type { Qcow2File } from "./qcow2-file.ts";

/** Seeking costs more than reading this many bytes. */
const WORTH_SEEKING = 64 << 10;
const LEAST_ZEROS = 16 << 20;
/** A cluster is no less than an eighth of a page: so many zeros may stand for each byte of file, and no more. */
const ZEROS_EACH = 8;
/** Of a mapped-ram state: what a guest of that size has not used. */
const MOST_ZEROS = 2 ** 40;
const ZEROS = new Uint8Array(CHUNK);

export interface Feed {
  readonly image: Qcow2Image;
  readonly facts: Qcow2Facts;
  readonly file: Qcow2File;
  readonly reader: ChannelReader;
  /** Holes are part of the state, as in mapped-ram. */
  readonly sparse?: boolean;
  find(finding: Finding): void;
  progress(bytes: number): void;
}

/** What the reader was told to be missing, once more bytes come; at the end it is just the end. */
interface Gap {
  lost: number;
  zerosLeft: number;
}

/** Pushes `length` bytes of a VM state into a reader; says how many bytes it got or stepped over. */
export async function feedVmstate(feed: Feed, snapshot: Qcow2Snapshot, length: number): Promise<number> {
  const { image, file, reader, progress } = feed;
  const zerosLeft = feed.sparse ? MOST_ZEROS : Math.max(LEAST_ZEROS, ZEROS_EACH * image.size);
  const gap: Gap = { lost: 0, zerosLeft };
  let end = 0;
  for (const extent of extentsWith(vmstateExtents(image, snapshot, length), file.read)) {
    if (extent.finding && extent.kind !== "hole") feed.find(extent.finding);
    if (extent.kind === "lost") {
      gap.lost += extent.length;
      continue;
    }
    for (let done = 0; done < extent.length; ) {
      if (gap.lost > 0) {
        reader.lose(gap.lost);
        gap.lost = 0;
      }
      const step = skip(reader, extent, done) || push(feed, extent, done, gap);
      done += step;
      end = extent.at + done - gap.lost;
      progress(end);
      const pause = breathe();
      if (pause) await pause;
    }
  }
  return end;
}

/** Steps over what the reader would only step over; says how much. */
function skip(reader: ChannelReader, { kind, length }: VmstateExtent, done: number): number {
  const step = Math.min(reader.skippable, length - done);
  if (step === 0 || (kind === "data" && step < WORTH_SEEKING)) return 0;
  reader.skip(step);
  return step;
}

/** Pushes what comes next of an extent, or notes that it is missing; says how much that is. */
function push(feed: Feed, extent: VmstateExtent, done: number, gap: Gap): number {
  const { reader, file, find } = feed;
  const left = extent.length - done;
  const part = Math.min(CHUNK, left);
  const lose = () => {
    gap.lost += left;
    return left;
  };
  if (extent.kind === "data") {
    const bytes = file.read(extent.offset + done, part);
    if (bytes.length === 0) return lose();
    reader.push(bytes);
    return bytes.length;
  }
  if (extent.kind === "compressed") {
    const cluster = inflated(feed, extent);
    if (!cluster) return lose();
    reader.push(cluster.subarray(done, extent.length));
    return left;
  }
  if (extent.finding && done === 0 && !feed.sparse) find(extent.finding);
  if (part > gap.zerosLeft) return lose();
  gap.zerosLeft -= part;
  reader.push(ZEROS.subarray(0, part));
  return part;
}

function inflated(
  { facts, file, find }: Feed,
  { at, length, offset, stored }: VmstateExtent & { kind: "compressed" },
): Uint8Array | undefined {
  const cluster = inflateCluster(
    stored > CHUNK ? readLong(file, offset, stored) : file.read(offset, stored),
    facts,
  );
  if (!cluster) {
    const args = { start: at, length, expected: facts.clusterSize };
    find({ rule: "QCOW2_CLUSTER_INFLATES", level: "error", subject: "", offset, args });
  }
  return cluster;
}

/** A cluster of 2 MiB may take more than is read at once. */
function readLong(file: Qcow2File, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let have = 0;
  while (have < length) {
    const part = file.read(offset + have, length - have);
    if (part.length === 0) break;
    bytes.set(part, have);
    have += part.length;
  }
  return bytes.subarray(0, have);
}
