import type { Fact } from "../../fact.ts";

/** A flag in the low bits of a RAM record's first word. */
export interface RamFlag {
  readonly flag: number;
  readonly name: string;
}

/** The flags of RAM records, each its own fact: none ever moved. */
export const RAM_FLAGS: readonly Fact<RamFlag>[] = [
  {
    id: "qemu/ram/flag/full",
    claim: "Nothing ever wrote FULL, bit 0x001.",
    value: { flag: 1, name: "FULL" },
    since: "2.5",
    until: "10.0",
    evidence: [
      { kind: "source", where: "2.5.0: migration/ram.c" },
      { kind: "commit", commit: "604b4749c5", release: "10.0" },
    ],
  },
  {
    id: "qemu/ram/flag/zero",
    claim: "Bit 0x002, ZERO, stands for a page of one byte, which follows.",
    value: { flag: 2, name: "ZERO" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0: migration/ram.c, RAM_SAVE_FLAG_COMPRESS" },
      { kind: "commit", commit: "bb890ed551", release: "2.10" },
    ],
    notes: "COMPRESS until 2.10; the bit and its meaning are the same.",
  },
  {
    id: "qemu/ram/flag/mem-size",
    claim: "Bit 0x004, MEM_SIZE, opens the list of blocks.",
    value: { flag: 4, name: "MEM_SIZE" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/ram.c" }],
  },
  {
    id: "qemu/ram/flag/page",
    claim: "Bit 0x008, PAGE, stands for a page as it is.",
    value: { flag: 8, name: "PAGE" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/ram.c" }],
  },
  {
    id: "qemu/ram/flag/eos",
    claim: "Bit 0x010, EOS, ends the section.",
    value: { flag: 16, name: "EOS" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/ram.c" }],
  },
  {
    id: "qemu/ram/flag/continue",
    claim: "Bit 0x020, CONTINUE, says that no name follows: the block is the one before.",
    value: { flag: 32, name: "CONTINUE" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/ram.c" }],
  },
  {
    id: "qemu/ram/flag/xbzrle",
    claim: "Bit 0x040, XBZRLE, stands for the differences to an earlier page.",
    value: { flag: 64, name: "XBZRLE" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: migration/ram.c" }],
  },
  {
    id: "qemu/ram/flag/hook",
    claim: "Bit 0x080, HOOK, belongs to RDMA.",
    value: { flag: 128, name: "HOOK" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/qemu-file.h" }],
  },
  {
    id: "qemu/ram/flag/compress-page",
    claim: "Bit 0x100, COMPRESS_PAGE, stands for a page as a zlib stream.",
    value: { flag: 256, name: "COMPRESS_PAGE" },
    since: "2.5",
    until: "9.1",
    evidence: [
      { kind: "source", where: "2.5.0: migration/ram.c" },
      { kind: "commit", commit: "0222111a22", release: "9.1" },
    ],
  },
  {
    id: "qemu/ram/flag/multifd-flush",
    claim: "Bit 0x200, MULTIFD_FLUSH, waits for every multifd channel.",
    value: { flag: 512, name: "MULTIFD_FLUSH" },
    since: "8.1",
    evidence: [{ kind: "commit", commit: "294e5a4034", release: "8.1" }],
  },
];
