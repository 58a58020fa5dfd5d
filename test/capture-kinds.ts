import { concat, type Endian } from "../codec/layout/index.ts";
import { pcapFile, pcapng } from "./capture-files.ts";
import { numbered, talk } from "./connections.ts";
import { ethernet, ip } from "./packets.ts";

const { open, up, down, close } = talk();
export const DATA = numbered(300);
export const segments = [
  ...open(),
  up(0, DATA.subarray(0, 200)),
  down(0, numbered(8)),
  up(200, DATA.subarray(200)),
  ...close(300, 8),
];
const packets = segments.map(ip);
const endians: readonly Endian[] = ["le", "be"];
export const frames = packets.map((packet) => ({ data: ethernet(packet) }));
export const START = 1_700_000_000_000_000n;

/** The beginning of a pcapng file. */
export function blocks(endian: Endian, linkType = 1, resolution?: { resolution?: number; offset?: bigint }) {
  const { section, interface: describeInterface } = pcapng(endian);
  return concat([section(), describeInterface(linkType, resolution)]);
}

/** The packets as blocks of one. */
export function enhanced(endian: Endian, ticks = (i: number) => START + 1000n * BigInt(i)) {
  const make = pcapng(endian);
  return concat(
    frames.map((frame, i) => make.enhanced(0, ticks(i), frame, i === 2 ? "a comment" : undefined)),
  );
}

/** One conversation as a file of every kind. */
export const files: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(
    endians.flatMap((endian) =>
      [0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34].map((magic) => [
        `pcap ${magic.toString(16)} ${endian}`,
        pcapFile(frames, { endian, magic }),
      ]),
    ),
  ),
  ...Object.fromEntries(
    endians.map((endian) => [`pcapng ${endian}`, concat([blocks(endian), enhanced(endian)])]),
  ),
  "pcapng, nanoseconds": concat([
    blocks("le", 1, { resolution: 9 }),
    enhanced("le", (i) => START * 1000n + BigInt(i) * 1_000_000n),
  ]),
  "pcapng, picoseconds of a few days": concat([
    blocks("le", 1, { resolution: 12 }),
    enhanced("le", (i) => BigInt(i) * 1_000_000_000n),
  ]),
  "pcapng, units of 2^-20 s": concat([
    blocks("be", 1, { resolution: 0x94 }),
    enhanced("be", (i) => (BigInt(i) << 20n) / 1000n + 1n),
  ]),
  "pcapng, with an offset": concat([blocks("le", 1, { offset: -5n }), enhanced("le")]),
  "pcapng, two sections": concat([
    blocks("le"),
    ...frames.slice(0, 4).map((frame, i) => pcapng("le").enhanced(0, START + 1000n * BigInt(i), frame)),
    blocks("be"),
    ...frames.slice(4).map((frame, i) => pcapng("be").enhanced(0, START + 1000n * BigInt(i + 4), frame)),
  ]),
  "pcapng, other blocks between": concat([
    blocks("le"),
    ...frames.flatMap((frame, i) => [
      pcapng("le").other(5, numbered(20)),
      pcapng("le").enhanced(0, START + 1000n * BigInt(i), frame),
      pcapng("le").other(0x80000001, numbered(7)),
    ]),
  ]),
  "pcapng, obsolete packets": concat([
    blocks("be"),
    ...frames.map((frame, i) => pcapng("be").obsolete(0, START + 1000n * BigInt(i), frame)),
  ]),
  "pcapng, two interfaces": concat([
    blocks("le"),
    pcapng("le").interface(101, { resolution: 9 }),
    ...frames.map((frame, i) =>
      i % 2 === 0
        ? pcapng("le").enhanced(0, START + 1000n * BigInt(i), frame)
        : pcapng("le").enhanced(1, START * 1000n + 1_000_000n * BigInt(i), {
            data: packets[i] ?? frame.data,
          }),
    ),
  ]),
};
