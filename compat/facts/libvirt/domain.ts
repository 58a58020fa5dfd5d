import type { Fact } from "../fact.ts";

/** The XML in an image can be had with `save-image-dumpxml`. */
export const DUMPXML: readonly Fact[] = [
  {
    id: "libvirt/save-image/dumpxml",
    claim: "virsh save-image-dumpxml exists.",
    value: true,
    since: "0.9.4",
    evidence: [{ kind: "commit", commit: "f0a5eaf35f", release: "0.9.4" }],
  },
];

/** How errors of the XML parser begin. */
export const XML_ERROR_PREFIX: readonly Fact<"document" | "line">[] = [
  {
    id: "libvirt/xml/error-prefix/document",
    claim: "A parser's error begins with the name given to the document, and the line.",
    value: "document",
    since: "0.9.5",
    until: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [
      { kind: "commit", commit: "b998f1f77c", release: "0.9.5" },
      { kind: "run", of: "7.0.0, 9.0.0: xml_garbage, cookie_empty" },
    ],
  },
  {
    id: "libvirt/xml/error-prefix/line",
    claim:
      "A parser's error begins with the line alone; the end of the text is shown with the line before it.",
    value: "line",
    since: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [
      { kind: "source", where: "11.3.0, src/util/virxml.c, catchXMLError()" },
      { kind: "run", of: "11.3.0, 12.8.0: xml_garbage, cookie_empty" },
    ],
  },
];

/** The words of libxml2 for a text that ends inside an element. */
export const XML_CUT: readonly Fact<"end-tag" | "premature">[] = [
  {
    id: "libvirt/xml/cut/end-tag",
    claim: "A text that ends inside an element lacks its end tag.",
    value: "end-tag",
    since: "0.3.2",
    until: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "7.0.0 with libxml2 2.9.10: virsh -c test:///default define" }],
    notes: "It is libxml2 that speaks: another build of the same libvirt may differ.",
  },
  {
    id: "libvirt/xml/cut/premature",
    claim: "A text that ends inside an element ends too early.",
    value: "premature",
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "9.0.0 and 11.3.0 with libxml2 2.9.14, 12.8.0 with 2.15.4: virsh define" }],
  },
];

/** The words of libxml2 for bytes that are not UTF-8. */
export const XML_BAD_BYTES: readonly Fact<"bytes" | "invalid">[] = [
  {
    id: "libvirt/xml/bad-bytes/bytes",
    claim: "Bytes that are not UTF-8 are shown.",
    value: "bytes",
    since: "0.3.2",
    until: { after: "11.3.0", atLatest: "12.8.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0 with libxml2 2.9.10 and 2.9.14: virsh define" }],
    notes: "It is libxml2 that speaks: another build of the same libvirt may differ.",
  },
  {
    id: "libvirt/xml/bad-bytes/invalid",
    claim: "Bytes that are not UTF-8 are called invalid.",
    value: "invalid",
    since: { after: "11.3.0", atLatest: "12.8.0" },
    evidence: [{ kind: "run", of: "12.8.0 with libxml2 2.15.4: virsh define" }],
  },
];

/** The words for a wrong outermost element. */
export const ROOT_ERROR: readonly Fact<"by-document" | "common">[] = [
  {
    id: "libvirt/xml/root-error/by-document",
    claim: "Each kind of document has its own words for a wrong outermost element.",
    value: "by-document",
    since: "3.5.0",
    until: "7.3.0",
    evidence: [
      { kind: "source", where: "7.0.0, src/conf/domain_conf.c and src/conf/virsavecookie.c" },
      { kind: "run", of: "7.0.0: cookie_garbage" },
    ],
    notes: "Older releases were not looked at.",
  },
  {
    id: "libvirt/xml/root-error/common",
    claim: "The words are the same for all documents.",
    value: "common",
    since: "7.3.0",
    evidence: [
      { kind: "commit", commit: "3362ab5e02", release: "7.3.0" },
      { kind: "run", of: "9.0.0, 11.3.0, 12.8.0: cookie_garbage" },
    ],
  },
];

/** The words for a restored domain whose name is taken by another. */
export const NAME_TAKEN: readonly Fact<"is already defined" | "already exists">[] = [
  {
    id: "libvirt/domain/name-taken/defined",
    claim: "A name that another domain has is refused in the words for a UUID that another has.",
    value: "is already defined",
    since: "0.3.2",
    until: "0.7.3",
    evidence: [{ kind: "source", where: "0.7.1, src/qemu_driver.c, qemudDomainRestore()" }],
  },
  {
    id: "libvirt/domain/name-taken/exists",
    claim: "A name that another domain has is refused in words of its own.",
    value: "already exists",
    since: "0.7.3",
    evidence: [
      { kind: "commit", commit: "e02f691a90", release: "0.7.3" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: other_uuid" },
    ],
  },
];

/** The words for a domain that is restored while it runs; `%s` is its name. */
export const ACTIVE_ERROR: readonly Fact<string>[] = [
  {
    id: "libvirt/domain/active-error/active-as",
    claim: "The name of a running domain is told with its state.",
    value: "domain is already active as '%s'",
    since: "0.3.2",
    until: "1.1.4",
    evidence: [{ kind: "source", where: "0.7.1, src/qemu_driver.c, qemudDomainRestore()" }],
  },
  {
    id: "libvirt/domain/active-error/active",
    claim: "The name of a running domain is told before its state.",
    value: "domain '%s' is already active",
    since: "1.1.4",
    evidence: [
      { kind: "commit", commit: "89759301de", release: "1.1.4" },
      { kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0" },
    ],
  },
];

/** Who finds out that the emulator has no such machine type. */
export const MACHINE_CHECK: readonly Fact[] = [
  {
    id: "libvirt/domain/machine-check",
    claim: "A restore is refused before QEMU starts when the emulator has no such machine type.",
    value: true,
    since: "8.1.0",
    evidence: [
      { kind: "commit", commit: "517b8c12b9", release: "8.1.0" },
      { kind: "run", of: "9.0.0, 11.3.0, 12.8.0: machine_unknown" },
    ],
    notes: "The check itself is of 6.1.0 (0b9d1a8073), but was for new guests only.",
  },
];
