import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A packet's compression method is another than the receiver's. */
export const MULTIFD_METHOD: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/method/5.0",
    claim: "Another compression method is reported so.",
    value: { template: "multifd %d: flags received %x flags expected %x", to: "error" },
    since: "5.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "5.0.0, migration/multifd.c, nocomp_recv_pages()" }],
  },
  {
    id: "qemu/multifd/errors/method/7.0",
    claim: "Another compression method is reported so.",
    value: { template: "multifd %u: flags received %x flags expected %x", to: "error" },
    since: "7.0",
    evidence: [{ kind: "source", where: "7.0.0, migration/multifd.c, nocomp_recv_pages()" }],
  },
];

/** A packet without normal pages has a zlib payload. */
export const MULTIFD_ZLIB_EMPTY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/zlib-empty/9.0",
    claim: "A zlib payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zlib.c:270: zlib_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "9.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "9.0.0, migration/multifd-zlib.c" }],
  },
  {
    id: "qemu/multifd/errors/zlib-empty/9.1",
    claim: "A zlib payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zlib.c:277: zlib_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "9.1",
    until: "9.2",
    evidence: [{ kind: "source", where: "9.1.0, migration/multifd-zlib.c" }],
  },
  {
    id: "qemu/multifd/errors/zlib-empty/9.2",
    claim: "A zlib payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zlib.c:222: multifd_zlib_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "9.2",
    until: "10.0.13",
    evidence: [{ kind: "source", where: "9.2.0, migration/multifd-zlib.c" }],
  },
  {
    id: "qemu/multifd/errors/zlib-empty/10.0.13",
    claim: "A zlib payload without pages is reported so, in the last release of the line alone.",
    value: { template: "multifd %u: expected empty packet", to: "error" },
    since: "10.0.13",
    until: "10.1",
    evidence: [{ kind: "source", where: "Debian 1:10.0.13+ds-0+deb13u1, migration/multifd-zlib.c" }],
  },
  {
    id: "qemu/multifd/errors/zlib-empty/10.1",
    claim: "A zlib payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zlib.c:222: multifd_zlib_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "10.1",
    until: { after: "11.1", atLatest: "11.1.1" },
    evidence: [{ kind: "source", where: "10.1.0 to 11.1.0-rc2, migration/multifd-zlib.c" }],
  },
  {
    id: "qemu/multifd/errors/zlib-empty/11.1.1",
    claim: "A zlib payload without pages is reported so.",
    value: { template: "multifd %u: expected empty packet", to: "error" },
    since: { after: "11.1", atLatest: "11.1.1" },
    evidence: [
      {
        kind: "source",
        where: "Debian's changelog of 1:11.1.1+ds-1: Replace assert() with error_setg() in recv paths",
      },
      { kind: "source", where: "Debian 1:11.1.3+ds-1: the text is in the program" },
    ],
  },
];

/** A packet without normal pages has a zstd payload. */
export const MULTIFD_ZSTD_EMPTY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/zstd-empty/9.0",
    claim: "A zstd payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zstd.c:266: zstd_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "9.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "9.0.0, migration/multifd-zstd.c" }],
  },
  {
    id: "qemu/multifd/errors/zstd-empty/9.1",
    claim: "A zstd payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zstd.c:272: zstd_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "9.1",
    until: "9.2",
    evidence: [{ kind: "source", where: "9.1.0, migration/multifd-zstd.c" }],
  },
  {
    id: "qemu/multifd/errors/zstd-empty/9.2",
    claim: "A zstd payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zstd.c:216: multifd_zstd_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "9.2",
    until: "10.0.13",
    evidence: [{ kind: "source", where: "9.2.0, migration/multifd-zstd.c" }],
  },
  {
    id: "qemu/multifd/errors/zstd-empty/10.0.13",
    claim: "A zstd payload without pages is reported so, in the last release of the line alone.",
    value: { template: "multifd %u: expected empty packet", to: "error" },
    since: "10.0.13",
    until: "10.1",
    evidence: [{ kind: "source", where: "Debian 1:10.0.13+ds-0+deb13u1, migration/multifd-zstd.c" }],
  },
  {
    id: "qemu/multifd/errors/zstd-empty/10.1",
    claim: "A zstd payload without pages aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd-zstd.c:216: multifd_zstd_recv: Assertion `in_size == 0' failed.",
      to: "stderr",
    },
    since: "10.1",
    until: { after: "11.1", atLatest: "11.1.1" },
    evidence: [{ kind: "source", where: "10.1.0 to 11.1.0-rc2, migration/multifd-zstd.c" }],
  },
  {
    id: "qemu/multifd/errors/zstd-empty/11.1.1",
    claim: "A zstd payload without pages is reported so.",
    value: { template: "multifd %u: expected empty packet", to: "error" },
    since: { after: "11.1", atLatest: "11.1.1" },
    evidence: [
      {
        kind: "source",
        where: "Debian's changelog of 1:11.1.1+ds-1: Replace assert() with error_setg() in recv paths",
      },
      { kind: "source", where: "Debian 1:11.1.3+ds-1: the text is in the program" },
    ],
  },
];

/** A packet with pages comes in postcopy. */
export const MULTIFD_IN_POSTCOPY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/in-postcopy/10.1",
    claim: "A packet with pages in postcopy aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd.c:1393: multifd_recv_thread: Assertion `!migration_in_postcopy()' failed.",
      to: "stderr",
    },
    since: "10.1",
    until: "10.2",
    evidence: [{ kind: "source", where: "10.1.0, migration/multifd.c, multifd_recv_thread()" }],
  },
  {
    id: "qemu/multifd/errors/in-postcopy/10.2",
    claim: "A packet with pages in postcopy aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd.c:1398: multifd_recv_thread: Assertion `!migration_in_postcopy()' failed.",
      to: "stderr",
    },
    since: "10.2",
    until: "11.0",
    evidence: [{ kind: "source", where: "10.2.0, migration/multifd.c, multifd_recv_thread()" }],
  },
  {
    id: "qemu/multifd/errors/in-postcopy/11.0",
    claim: "A packet with pages in postcopy aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd.c:1404: multifd_recv_thread: Assertion `!migration_in_postcopy()' failed.",
      to: "stderr",
    },
    since: "11.0",
    until: "11.1",
    evidence: [{ kind: "source", where: "11.0.0, migration/multifd.c, multifd_recv_thread()" }],
  },
  {
    id: "qemu/multifd/errors/in-postcopy/11.1",
    claim: "A packet with pages in postcopy aborts the process; path and line depend on the build.",
    value: {
      template: "migration/multifd.c:1409: multifd_recv_thread: Assertion `!migration_in_postcopy()' failed.",
      to: "stderr",
    },
    since: "11.1",
    evidence: [{ kind: "source", where: "11.1.0, migration/multifd.c, multifd_recv_thread()" }],
  },
];

/** A compressed payload is longer than the buffer for it: two times the pages of a packet. */
export const MULTIFD_PAYLOAD_TOO_LONG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/payload-too-long/10.0.13",
    claim:
      "A payload that does not fit is refused, in the last release of the line alone; before it overran the buffer.",
    value: { template: "multifd %u: next_packet_size %u exceeds allocated %u", to: "error" },
    since: "10.0.13",
    until: "10.1",
    evidence: [
      {
        kind: "source",
        where: "Debian 1:10.0.13+ds-0+deb13u1, migration/multifd-zlib.c, migration/multifd-zstd.c",
      },
    ],
  },
  {
    id: "qemu/multifd/errors/payload-too-long/11.1.1",
    claim: "A payload that does not fit is refused; before it overran the buffer.",
    value: { template: "multifd %u: next_packet_size %u exceeds allocated %u", to: "error" },
    since: { after: "11.1", atLatest: "11.1.3" },
    evidence: [{ kind: "source", where: "Debian 1:11.1.3+ds-1: the text is in the program" }],
  },
];
