import {
  type BlockSpec,
  command,
  concat,
  configuration,
  device,
  eof,
  eos,
  footer,
  header,
  mappedBlock,
  memSize,
  normalPage,
  pageOf,
  partHeader,
  RAM_ID,
  ramEnd,
  ramPart,
  ramStart,
  sectionHeader,
  vmdesc,
  zeroPage,
} from "./streams.ts";

export const KIB = 1024;
export const PAGE = 4 * KIB;

export const RAM: readonly BlockSpec[] = [
  { idstr: "pc.ram", usedLength: 16 * PAGE },
  { idstr: "vga.vram", usedLength: 4 * PAGE },
];

/** Bytes that must not be taken for sections: marks of all kinds, none in a sensible place. */
export const NOISE = bytes(
  "7e 01 04 00 05 7e 00 00 00 63 02 08 00 06 7e 00 00 00 05 2a 01 00 00 00 03 7e 7e 04 04",
);

export function bytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));
}

const TIMER = {
  name: "timer",
  instance_id: 0,
  vmsd_name: "timer",
  version: 1,
  fields: [
    { name: "ticks", type: "uint64", size: 8 },
    { name: "on", type: "bool", size: 1 },
  ],
};
const FIFO = {
  name: "fifo",
  instance_id: 0,
  vmsd_name: "fifo",
  version: 3,
  fields: [{ name: "data", type: "buffer", size: NOISE.length }],
};

/** Two devices and the text that describes them. */
export const DEVICES = concat(
  device(5, "timer", bytes("00 00 00 00 00 00 10 e1 01")),
  device(6, "fifo", NOISE, 3),
);
export const DESCRIPTION = vmdesc({ page_size: PAGE, devices: [TIMER, FIFO] });
export const TAIL = concat(DEVICES, eof(), DESCRIPTION);

export function withRam(...records: readonly Uint8Array[]): Uint8Array {
  return concat(ramStart(RAM), ramPart(records), ramEnd());
}

export const RECORDS = [
  zeroPage(0, "pc.ram"),
  zeroPage(PAGE),
  normalPage(2 * PAGE, pageOf(1)),
  zeroPage(3 * PAGE),
  zeroPage(0, "vga.vram"),
];

/** START, PART and END of an iterative section that is not RAM. */
export function iterative(id: number, idstr: string, ...payloads: readonly string[]): Uint8Array {
  return concat(
    ...payloads.flatMap((payload, i) => [
      i === 0 ? sectionHeader(1, id, idstr) : partHeader(i === payloads.length - 1 ? 3 : 2, id),
      bytes(payload),
      footer(id),
    ]),
  );
}

export function iterativeStream(idstr: string, ...payloads: readonly string[]): Uint8Array<ArrayBuffer> {
  return concat(header(), configuration("none"), iterative(9, idstr, ...payloads), DEVICES, eof());
}

export function ofPageSize(pageSize: number, targetPageBits?: number): Uint8Array<ArrayBuffer> {
  const records = [
    zeroPage(0, "ram"),
    zeroPage(pageSize),
    normalPage(2 * pageSize, pageOf(3, pageSize)),
    zeroPage(3 * pageSize),
  ];
  return concat(
    header(),
    configuration("none", targetPageBits === undefined ? {} : { targetPageBits }),
    ramStart([{ idstr: "ram", usedLength: 8 * pageSize }]),
    ramPart(records),
    ramEnd(),
    eof(),
  );
}

export function withBlocks(capabilities: readonly string[] | undefined, blocks: readonly BlockSpec[]) {
  const machine = configuration("none", capabilities ? { capabilities } : {});
  return concat(header(), machine, ramStart(blocks), ramEnd([zeroPage(0, blocks[0]?.idstr)]), eof());
}

/** A mapped-ram file in miniature: page areas aligned to 4 KiB instead of 1 MiB. */
export function mapped(...presents: readonly (readonly number[] | null)[]): Uint8Array<ArrayBuffer> {
  const shared = presents.includes(null);
  const capabilities = shared ? ["x-ignore-shared", "mapped-ram"] : ["mapped-ram"];
  const blocks = presents.map((_, i) => ({
    idstr: `block${i}`,
    usedLength: (8 + i) * PAGE,
    ...(shared ? { address: BigInt(i) << 20n } : {}),
  }));
  let data = concat(
    header(),
    configuration("none", { capabilities }),
    sectionHeader(1, RAM_ID, "ram", 4),
    memSize(blocks.reduce((sum, { usedLength }) => sum + usedLength, 0)),
  );
  presents.forEach((present, i) => {
    const block = blocks[i] ?? { idstr: "", usedLength: 0 };
    const whole = mappedBlock(data.length, block, present ?? [], { align: PAGE });
    if (present) data = concat(data, whole);
    else data = concat(data, whole.subarray(0, 1 + block.idstr.length + 16), bytes("00 00 00 01"), ignored());
  });
  return concat(data, eos(), footer(), ramEnd(), TAIL);
}

/** Rest of the mapped-ram header of a block whose pages are not in the file. */
function ignored(): Uint8Array {
  const out = new Uint8Array(24);
  out[6] = PAGE >> 8;
  return out;
}

/** Without configuration and footers, as machine types up to 2.3 are sent. */
export const BARE = concat(
  header(),
  ramStart(RAM).subarray(0, -5),
  ramPart(RECORDS).subarray(0, -5),
  ramEnd().subarray(0, -5),
  device(5, "timer", bytes("00 00 00 00 00 00 10 e1 01")).subarray(0, -5),
  device(6, "fifo", NOISE, 3).subarray(0, -5),
  eof(),
);

export const COMMANDS = concat(
  command(1),
  command(2, bytes("00 00 00 42")),
  command(3, bytes("00 00 00 00 00 20 10 00 00 00 00 00 00 00 10 00")),
  command(4),
  command(5),
  command(6, bytes("00 03 72 61 6d 00 00 00 00 00 00 00 10 00 00 00 00 00 00 00 20 00")),
  command(8),
  command(9),
  command(10, bytes("03 72 61 6d")),
  command(11),
  command(3),
);

export const SHARED = [
  { idstr: "pc.ram", usedLength: 16 * PAGE, address: 0n },
  { idstr: "rom", usedLength: PAGE, address: 0xfffe0000n },
];
