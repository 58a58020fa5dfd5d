import type { Fact } from "../fact.ts";

/** A payload that is not QEMU's stream itself. */
export interface SaveProgram {
  readonly number: number;
  /** The program and its arguments that make the stream of it; none for what QEMU reads from the file. */
  readonly command: readonly string[];
}

/** The formats by number, each with the release that brought it. */
export const SAVE_FORMAT_FACTS: readonly Fact<SaveProgram>[] = [
  program("gzip", 1, "0.7.1", "2d6a581960"),
  program("bzip2", 2, "0.7.1", "2d6a581960"),
  program("xz", 3, "0.7.1", "c5a305584f"),
  program("lzop", 4, "0.7.1", "8d4ed2ad3d"),
  {
    id: "libvirt/save-image/format/zstd",
    claim: "Format 5 is zstd.",
    value: { number: 5, command: ["zstd", "-dc"] },
    since: "10.4.0",
    evidence: [
      { kind: "news", release: "10.4.0" },
      { kind: "run", of: "11.3.0, 12.8.0" },
    ],
  },
  {
    id: "libvirt/save-image/format/sparse",
    claim: "Format 6 is a mapped-ram stream that QEMU reads from the file itself.",
    value: { number: 6, command: [] },
    since: "11.2.0",
    evidence: [
      { kind: "news", release: "11.2.0" },
      { kind: "run", of: "11.3.0, 12.8.0" },
    ],
  },
];

/** lzop would otherwise end with status 2 for a mere warning. */
export const LZOP_IGNORES_WARNINGS: readonly Fact[] = [
  {
    id: "libvirt/save-image/lzop-ignores-warnings",
    claim: "lzop is given --ignore-warn.",
    value: true,
    since: "1.0.3",
    evidence: [{ kind: "commit", commit: "0eeedf52e7", release: "1.0.3" }],
  },
];

/** Whether an unknown format is refused with the header or only when the guest is to be started. */
export const FORMAT_CHECK: readonly Fact<"late" | "early">[] = [
  {
    id: "libvirt/save-image/format-check/late",
    claim: "An unknown format is found out when the decompressor is looked up.",
    value: "late",
    since: "0.7.1",
    until: { after: "9.0.0", atLatest: "11.2.0" },
    evidence: [
      { kind: "commit", commit: "2d6a581960", release: "0.7.1" },
      { kind: "run", of: "7.0.0, 9.0.0: fmt_7, fmt_99" },
    ],
  },
  {
    id: "libvirt/save-image/format-check/early",
    claim: "An unknown format is refused with the header, whatever its version.",
    value: "early",
    since: { after: "9.0.0", atLatest: "11.2.0" },
    evidence: [
      { kind: "source", where: "11.3.0, src/qemu/qemu_saveimage.c, qemuSaveImageReadHeader()" },
      { kind: "run", of: "11.3.0, 12.8.0: fmt_7, fmt_99" },
    ],
  },
];

/** Whether decompression works at all. */
export const DECOMPRESSES: readonly Fact<"inverted" | "yes">[] = [
  {
    id: "libvirt/save-image/decompresses/inverted",
    claim:
      "Raw images get a decompressor without a name and compressed ones none: no image of version 2 restores.",
    value: "inverted",
    since: "0.7.1",
    until: "0.7.2",
    evidence: [{ kind: "source", where: "0.7.1, src/qemu_driver.c, qemudDomainRestore()" }],
    notes: "From source only.",
  },
  {
    id: "libvirt/save-image/decompresses",
    claim: "Compressed images of version 2 go through their program, raw ones do not.",
    value: "yes",
    since: "0.7.2",
    evidence: [
      { kind: "source", where: "0.7.2, src/qemu/qemu_driver.c, qemudDomainRestore()" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0" },
    ],
  },
];

/** How QEMU gets a raw stream. */
export const RAW_FEED: readonly Fact<"file" | "pipe">[] = [
  {
    id: "libvirt/save-image/raw-feed/file",
    claim: "QEMU gets the file itself, as fd:.",
    value: "file",
    since: "0.3.2",
    until: "12.1.0",
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0: trunc_stream_0" }],
  },
  {
    id: "libvirt/save-image/raw-feed/pipe",
    claim: "QEMU gets a pipe that libvirt_iohelper fills.",
    value: "pipe",
    since: "12.1.0",
    evidence: [
      { kind: "news", release: "12.1.0" },
      { kind: "run", of: "12.8.0: trunc_stream_0" },
    ],
  },
];

function program(name: string, number: number, since: string, commit: string): Fact<SaveProgram> {
  return {
    id: `libvirt/save-image/format/${name}`,
    claim: `Format ${number} is ${name}.`,
    value: { number, command: [name, "-dc"] },
    since,
    evidence: [
      { kind: "commit", commit, release: since },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0" },
    ],
  };
}
