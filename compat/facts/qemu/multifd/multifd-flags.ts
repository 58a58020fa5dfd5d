import type { Fact } from "../../fact.ts";

/** What both packets of multifd begin with. */
export const MULTIFD_MAGIC: readonly Fact<number>[] = [
  {
    id: "qemu/multifd/magic",
    claim: "The opening packet and every data packet begin with 0x11223344.",
    value: 0x11223344,
    since: "3.0",
    evidence: [
      { kind: "commit", commit: "af8b7d2b09", release: "3.0" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The version of both packets. */
export const MULTIFD_VERSION: readonly Fact<number>[] = [
  {
    id: "qemu/multifd/version",
    claim: "The version is 1, although 4.0 changed both packets.",
    value: 1,
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0 and 4.0.0: migration/ram.c, MULTIFD_VERSION" },
      { kind: "source", where: "11.1.0-rc2: migration/multifd.c, MULTIFD_VERSION" },
    ],
  },
];

/** A flag of a multifd packet. */
export interface MultifdFlag {
  readonly flag: number;
  readonly name: string;
}

/** The flags of multifd packets, each its own fact: none ever moved. No method bit at all is no compression. */
export const MULTIFD_FLAGS: readonly Fact<MultifdFlag>[] = [
  {
    id: "qemu/multifd/flag/sync",
    claim: "Bit 0x01, SYNC, asks the channel to wait for the others.",
    value: { flag: 1, name: "SYNC" },
    since: "3.0",
    evidence: [{ kind: "commit", commit: "6df264ac5a", release: "3.0" }],
  },
  {
    id: "qemu/multifd/flag/zlib",
    claim: "0x02 among the method bits is zlib.",
    value: { flag: 2, name: "ZLIB" },
    since: "5.0",
    evidence: [{ kind: "commit", commit: "7ec2c2b3c1", release: "5.0" }],
  },
  {
    id: "qemu/multifd/flag/zstd",
    claim: "0x04 among the method bits is zstd.",
    value: { flag: 4, name: "ZSTD" },
    since: "5.0",
    evidence: [{ kind: "commit", commit: "87dc6f5f66", release: "5.0" }],
  },
  {
    id: "qemu/multifd/flag/qpl",
    claim: "0x08 among the method bits is qpl.",
    value: { flag: 8, name: "QPL" },
    since: "9.1",
    evidence: [{ kind: "commit", commit: "354cac2859", release: "9.1" }],
  },
  {
    id: "qemu/multifd/flag/uadk",
    claim: "0x10 among the method bits is uadk.",
    value: { flag: 16, name: "UADK" },
    since: "9.1",
    evidence: [{ kind: "commit", commit: "f3d8bb759d", release: "9.1" }],
  },
  {
    id: "qemu/multifd/flag/qatzip",
    claim: "0x20 among the method bits is qatzip.",
    value: { flag: 32, name: "QATZIP" },
    since: "9.2",
    evidence: [{ kind: "commit", commit: "80484f9459", release: "9.2" }],
  },
  {
    id: "qemu/multifd/flag/device-state",
    claim: "Bit 0x40, DEVICE_STATE, stands for device state instead of RAM.",
    value: { flag: 64, name: "DEVICE_STATE" },
    since: "10.0",
    evidence: [{ kind: "commit", commit: "f588f3c46a", release: "10.0" }],
  },
];
