import {
  BARE,
  bytes,
  COMMANDS,
  DEVICES,
  iterative,
  iterativeStream,
  KIB,
  mapped,
  NOISE,
  ofPageSize,
  PAGE,
  RAM,
  RECORDS,
  SHARED,
  TAIL,
  withBlocks,
  withRam,
} from "./construct-parts.ts";
import {
  command,
  compressedPage,
  concat,
  configuration,
  device,
  eof,
  footer,
  header,
  hook,
  multifdFlush,
  normalPage,
  packaged,
  pageOf,
  partHeader,
  ramEnd,
  ramStart,
  ramStream,
  sectionHeader,
  xbzrlePage,
  zeroPage,
} from "./streams.ts";

/** A small stream that shows one thing, whole and undamaged. */
export interface Construct {
  readonly name: string;
  readonly data: Uint8Array<ArrayBuffer>;
  /** Rules of what is remarked on it, in order. */
  readonly rules: readonly string[];
}

const [FILE, NONE] = [header(), configuration("none")];

function construct(name: string, data: Uint8Array<ArrayBuffer>, ...rules: readonly string[]): Construct {
  return { name, data, rules };
}

export const constructs: readonly Construct[] = [
  construct("nothing but a header and the end", concat(FILE, eof())),
  construct(
    "a configuration with every subsection",
    concat(
      FILE,
      configuration("virt-5.2", {
        targetPageBits: 12,
        capabilities: ["x-ignore-shared", "mapped-ram"],
        uuid: "00112233-4455-6677-8899-aabbccddeeff",
      }),
      DEVICES,
      eof(),
    ),
  ),
  construct("no configuration and no footers", BARE),
  construct("no configuration", concat(FILE, withRam(...RECORDS), TAIL)),
  construct("devices and their description", concat(FILE, NONE, withRam(...RECORDS), TAIL)),
  construct("every command", concat(FILE, NONE, COMMANDS, withRam(zeroPage(0, "pc.ram")), TAIL)),
  construct("an unknown command", concat(FILE, NONE, command(99, NOISE), eof()), "COMMAND_KNOWN"),
  construct(
    "a package of commands and devices",
    concat(FILE, NONE, withRam(...RECORDS), packaged(command(4), DEVICES, command(5)), eof()),
  ),
  construct(
    "packages in packages",
    concat(FILE, NONE, packaged(command(4), packaged(DEVICES, packaged(command(5)))), eof()),
  ),
  construct(
    "a page of each kind",
    ramStream(RAM, [
      hook(),
      normalPage(0, pageOf(1), "pc.ram"),
      xbzrlePage(0, bytes("03 02 aa bb 81 01 01 cc")),
      compressedPage(PAGE, pageOf(2)),
      zeroPage(2 * PAGE),
      zeroPage(2 * PAGE, "vga.vram"),
      multifdFlush(),
      zeroPage(3 * PAGE),
      xbzrlePage(PAGE, bytes("00 01 7e"), "pc.ram"),
      normalPage(0, pageOf(4), "vga.vram"),
    ]),
  ),
  construct("several rounds", concat(FILE, NONE, withRam(...RECORDS, ...RECORDS, ...RECORDS), TAIL)),
  construct("zero pages with a fill", ramStream(RAM, [zeroPage(0, "pc.ram", 7)]), "ZERO_PAGE_FILL_ZERO"),
  construct("pages of 1 KiB", ofPageSize(KIB), "RAM_PAGE_SIZE_ANNOUNCED"),
  construct("pages of 2 KiB", ofPageSize(2 * KIB), "RAM_PAGE_SIZE_ANNOUNCED"),
  construct("pages of 8 KiB", ofPageSize(8 * KIB), "RAM_PAGE_SIZE_ANNOUNCED"),
  construct("pages of 64 KiB", ofPageSize(64 * KIB), "RAM_PAGE_SIZE_ANNOUNCED"),
  construct("pages of 1 KiB, announced", ofPageSize(KIB, 10)),
  construct("pages of 4 KiB, announced", ofPageSize(PAGE, 12)),
  construct("pages of 64 KiB, announced", ofPageSize(64 * KIB, 16)),
  construct(
    "postcopy page sizes",
    concat(
      FILE,
      NONE,
      command(3, new Uint8Array(16)),
      ramStart([
        { idstr: "huge", usedLength: 512 * PAGE, pageSize: 2 << 20 },
        { idstr: "pc.ram", usedLength: 16 * PAGE },
      ]),
      ramEnd(),
      eof(),
    ),
  ),
  construct("x-ignore-shared", withBlocks(["x-ignore-shared"], SHARED)),
  construct(
    "x-ignore-shared as in 4.0",
    withBlocks(
      ["x-ignore-shared"],
      SHARED.map((block, i) => ({ ...block, ignoredFlag: i })),
    ),
  ),
  construct("mapped-ram with holes", mapped([0, 3], [], [1, 9])),
  construct("mapped-ram with an ignored block", mapped([2], null, [0])),
  construct(
    "dirty-bitmap",
    iterativeStream(
      "dirty-bitmap",
      "1c 05 64 69 73 6b 30 02 62 30 00 00 02 00 01 01",
      `4c 05 64 69 73 6b 30 02 62 30 00 00 00 00 00 00 00 00 00 00 00 40 00 00 00 00 00 00 00 20 7e 01 04 00 05 7e 00 00 ${"00 ".repeat(24)}42 00 00 00 00 00 00 00 40 00 00 00 28 01`,
      "80 20 80 80 00 01",
    ),
  ),
  construct(
    "spapr/htab",
    iterativeStream(
      "spapr/htab",
      "00 00 00 12",
      `00 00 00 00 00 00 00 01 00 01 00 02 ${"7e ".repeat(16)}00 00 00 00 00 00 00 00`,
      "00 00 00 00 00 00 00 00 00 00 00 00",
    ),
  ),
  construct(
    "s390 storage attributes",
    iterativeStream(
      "s390-storage_attributes",
      "00 00 00 00 00 00 00 01",
      "00 00 00 00 00 00 10 02 00 00 00 00 00 00 00 03 7e 00 01 00 00 00 00 00 00 00 08 00 00 00 00 00 00 00 01",
      "00 00 00 00 00 00 00 04 00 00 00 00 00 00 00 01",
    ),
  ),
  construct(
    "s390 keys, slirp and vfio",
    concat(
      FILE,
      NONE,
      device(11, "s390-skeys", concat(bytes("00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 03"), NOISE)),
      device(12, "slirp", NOISE, 4),
      iterative(13, "0000:00:05.0/vfio", "ff ff ff ff ef 10 00 01", "7e 00 00 00 01 00", "7e 00 00 00 0d 09"),
      eof(),
    ),
  ),
  construct(
    "block migration",
    concat(
      FILE,
      NONE,
      sectionHeader(1, 3, "block"),
      bytes("00 00 00 00 00 00 00 02"),
      footer(3),
      partHeader(2, 3),
      bytes("00 00 00 00 00 00 02 09 03 76 64 61 00 00 00 00 00 00 00 64 00 00 00 00 00 00 00 02"),
      footer(3),
      partHeader(3, 3),
      bytes("00 00 00 00 00 00 00 02"),
      footer(3),
      DEVICES,
      eof(),
    ),
  ),
  construct("a leading hole", concat(new Uint8Array(300), FILE, NONE, DEVICES, eof())),
  construct("padding behind the end", concat(FILE, NONE, TAIL, new Uint8Array(20)), "DATA_ENDS_WITH_STREAM"),
];
