import type { Fact } from "../fact.ts";

/** How the numbers of the header are read. */
export const SAVE_NUMBERS: readonly Fact<"signed" | "swaps">[] = [
  {
    id: "libvirt/save-image/numbers/signed",
    claim: "The numbers are signed and in the host's byte order; a foreign image is refused by its version.",
    value: "signed",
    since: "0.3.2",
    until: "0.9.1",
    evidence: [{ kind: "commit", commit: "024252d3e3", release: "0.3.2" }],
    notes: "A negative version passes the check.",
  },
  {
    id: "libvirt/save-image/numbers/swapped",
    claim: "The numbers are unsigned; if the version is above 2, all five are swapped, once.",
    value: "swaps",
    since: "0.9.1",
    evidence: [
      { kind: "commit", commit: "cf2145d546", release: "0.9.1" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: bswap_all, version_3, version_0x03000000" },
    ],
  },
];

/** The newest version of the header that is read. */
export const SAVE_VERSION_READ: readonly Fact<number>[] = [
  {
    id: "libvirt/save-image/version-read/1",
    claim:
      "A header of a version above 1 is refused, and the word behind the three numbers is not looked at.",
    value: 1,
    since: "0.3.2",
    until: "0.7.1",
    evidence: [
      { kind: "commit", commit: "024252d3e3", release: "0.3.2" },
      {
        kind: "source",
        where: "0.3.2 to 0.7.0: src/qemu_driver.c, QEMUD_SAVE_VERSION, qemudDomainRestore()",
      },
    ],
  },
  {
    id: "libvirt/save-image/version-read/2",
    claim: "A header of a version above 2 is refused.",
    value: 2,
    since: "0.7.1",
    evidence: [
      { kind: "commit", commit: "2d6a581960", release: "0.7.1" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: version_3, version_0x03000000" },
    ],
  },
];

/** The magic of an unfinished image has an error of its own. */
export const PARTIAL_MAGIC: readonly Fact[] = [
  {
    id: "libvirt/save-image/partial-magic",
    claim: "An image is written under LibvirtQemudPart, and read as incomplete while that stands.",
    value: true,
    since: "0.9.5",
    evidence: [
      { kind: "commit", commit: "55d88def95", release: "0.9.5" },
      { kind: "run", of: "images left behind by a killed libvirtd 7.0.0, 9.0.0, 11.3.0" },
    ],
  },
];

/** The text for a length that cannot be; `%d` is the number. */
export const LENGTH_CHECK: readonly Fact<string>[] = [
  {
    id: "libvirt/save-image/length-check/xml",
    claim: "A region behind the header without bytes is refused.",
    value: "invalid XML length: %d",
    since: "0.8.0",
    until: "3.5.0",
    evidence: [{ kind: "commit", commit: "1a4d5c9543", release: "0.8.0" }],
    notes: "Up to 0.9.0 the number is signed, and negative ones are refused too.",
  },
  {
    id: "libvirt/save-image/length-check/data",
    claim: "A region behind the header without bytes is refused, in new words.",
    value: "invalid header data length: %d",
    since: "3.5.0",
    evidence: [
      { kind: "commit", commit: "ec3e4bb75a", release: "3.5.0" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: data_len_0" },
    ],
  },
];

/** The text for a file that ends inside the XML. */
export const XML_READ_ERROR: readonly Fact<string>[] = [
  {
    id: "libvirt/save-image/xml-read-error/xml",
    claim: "A file that ends inside the XML is refused.",
    value: "failed to read XML",
    since: "0.3.2",
    until: "3.5.0",
    evidence: [{ kind: "commit", commit: "024252d3e3", release: "0.3.2" }],
  },
  {
    id: "libvirt/save-image/xml-read-error/domain-xml",
    claim: "A file that ends inside the XML is refused, in new words.",
    value: "failed to read domain XML",
    since: "3.5.0",
    evidence: [
      { kind: "commit", commit: "5c2f01abcb", release: "3.5.0" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: hdr_only_92" },
    ],
  },
];

/** The region behind the header may end in a cookie. */
export const SAVE_COOKIE: readonly Fact[] = [
  {
    id: "libvirt/save-image/cookie",
    claim: "The word at 32 says where the save cookie begins in the region behind the header.",
    value: true,
    since: "3.5.0",
    evidence: [
      { kind: "commit", commit: "5c2f01abcb", release: "3.5.0" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0" },
    ],
  },
];

/** What becomes of a cookie that would begin behind the region. */
export const COOKIE_BEYOND: readonly Fact<"out-of-memory" | "abort" | "refused">[] = [
  {
    id: "libvirt/save-image/cookie-beyond/out-of-memory",
    claim: "A cookie offset beyond the data wraps the cookie's length around; memory for it is refused.",
    value: "out-of-memory",
    since: "3.5.0",
    until: "5.9.0",
    evidence: [{ kind: "source", where: "src/util/viralloc.c before e85e34f3af: VIR_ALLOC_N reports" }],
  },
  {
    id: "libvirt/save-image/cookie-beyond/abort",
    claim: "A cookie offset beyond the data wraps the cookie's length around, and the daemon aborts.",
    value: "abort",
    since: "5.9.0",
    until: { after: "11.3.0", atLatest: "12.8.0" },
    evidence: [
      { kind: "commit", commit: "e85e34f3af", release: "5.9.0" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0" },
    ],
    notes: "Only if the file has that many bytes; else the XML cannot be read and the daemon lives.",
  },
  {
    id: "libvirt/save-image/cookie-beyond/refused",
    claim: "A cookie offset beyond the data is refused.",
    value: "refused",
    since: { after: "11.3.0", atLatest: "12.8.0" },
    evidence: [
      { kind: "source", where: "12.8.0, strings of libvirt_driver_qemu.so" },
      { kind: "run", of: "12.8.0: bswap_version0" },
    ],
  },
];
