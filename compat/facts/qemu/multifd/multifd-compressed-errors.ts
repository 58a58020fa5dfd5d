import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** zlib has used up a packet before all of its pages were there. */
export const MULTIFD_ZLIB_TOO_LITTLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/zlib-too-little/5.0",
    claim: "A zlib payload that holds too few pages is reported so.",
    value: { template: "multifd %d: inflate generated too few output", to: "error" },
    since: "5.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "5.0.0 to 6.2.0, migration/multifd-zlib.c" }],
  },
  {
    id: "qemu/multifd/errors/zlib-too-little/7.0",
    claim: "A zlib payload that holds too few pages is reported so.",
    value: { template: "multifd %u: inflate generated too few output", to: "error" },
    since: "7.0",
    evidence: [{ kind: "source", where: "7.0.0 to 11.1.0-rc2, migration/multifd-zlib.c" }],
  },
];

/** zlib cannot make anything of a packet. */
export const MULTIFD_ZLIB_BROKEN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/zlib-broken/5.0",
    claim: "A zlib payload that is damaged is reported so, with zlib's number.",
    value: { template: "multifd %d: inflate returned %d instead of Z_OK", to: "error" },
    since: "5.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "5.0.0 to 6.2.0, migration/multifd-zlib.c" }],
  },
  {
    id: "qemu/multifd/errors/zlib-broken/7.0",
    claim: "A zlib payload that is damaged is reported so, with zlib's number.",
    value: { template: "multifd %u: inflate returned %d instead of Z_OK", to: "error" },
    since: "7.0",
    evidence: [{ kind: "source", where: "7.0.0 to 11.1.0-rc2, migration/multifd-zlib.c" }],
  },
];

/** zstd has used up a packet before all of its pages were there. */
export const MULTIFD_ZSTD_TOO_LITTLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/zstd-too-little/5.0",
    claim: "A zstd payload that holds too few pages is reported so.",
    value: { template: "multifd %d: decompressStream buffer too small", to: "error" },
    since: "5.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "5.0.0 to 6.2.0, migration/multifd-zstd.c" }],
  },
  {
    id: "qemu/multifd/errors/zstd-too-little/7.0",
    claim: "A zstd payload that holds too few pages is reported so.",
    value: { template: "multifd %u: decompressStream buffer too small", to: "error" },
    since: "7.0",
    evidence: [{ kind: "source", where: "7.0.0 to 11.1.0-rc2, migration/multifd-zstd.c" }],
  },
];

/** What a packet held is not as long as its pages. */
export const MULTIFD_UNPACKED_LENGTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/unpacked-length/5.0",
    claim: "A payload that holds another number of bytes than its pages have is reported so.",
    value: { template: "multifd %d: packet size received %d size expected %d", to: "error" },
    since: "5.0",
    until: "7.0",
    evidence: [
      { kind: "source", where: "5.0.0 to 6.2.0, migration/multifd-zlib.c, migration/multifd-zstd.c" },
    ],
  },
  {
    id: "qemu/multifd/errors/unpacked-length/7.0",
    claim: "A payload that holds another number of bytes than its pages have is reported so.",
    value: { template: "multifd %u: packet size received %u size expected %u", to: "error" },
    since: "7.0",
    evidence: [
      { kind: "source", where: "7.0.0 to 11.1.0-rc2, migration/multifd-zlib.c, migration/multifd-zstd.c" },
    ],
  },
];
