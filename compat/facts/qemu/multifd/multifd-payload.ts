import type { Fact } from "../../fact.ts";

/** The bits of a packet's flags that name the compression method, which must be the receiver's. */
export const MULTIFD_METHOD_MASK: readonly Fact<number>[] = [
  {
    id: "qemu/multifd/method-mask/three-bits",
    claim: "Three bits of the flags name the method.",
    value: 14,
    since: "5.0",
    until: "9.1",
    evidence: [{ kind: "source", where: "5.0.0, migration/multifd.h" }],
  },
  {
    id: "qemu/multifd/method-mask/four-bits",
    claim: "Four bits of the flags name the method.",
    value: 30,
    since: "9.1",
    until: "9.2",
    evidence: [{ kind: "source", where: "9.1.0, migration/multifd.h" }],
  },
  {
    id: "qemu/multifd/method-mask/five-bits",
    claim: "Five bits of the flags name the method.",
    value: 62,
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0, migration/multifd.h" }],
  },
];

/** The flag of a packet that carries device state. */
export const MULTIFD_DEVICE_STATE: readonly Fact<{ readonly flag: number; readonly length: number }>[] = [
  {
    id: "qemu/multifd/device-state",
    claim: "A packet of 276 bytes with this flag announces device state.",
    value: { flag: 64, length: 276 },
    since: "10.0",
    evidence: [{ kind: "source", where: "10.0.0, migration/multifd.h, MultiFDPacketDeviceState_t" }],
  },
];

/** What becomes of a compressed packet of zero pages only that has a payload. */
export const MULTIFD_EMPTY_PAYLOAD: readonly Fact<"aborts" | "refused">[] = [
  {
    id: "qemu/multifd/empty-payload/9.0",
    claim: "A compressed packet of zero pages only that has a payload aborts the process.",
    value: "aborts",
    since: "9.0",
    until: "10.0.13",
    evidence: [{ kind: "source", where: "9.0.0, migration/multifd-zlib.c, migration/multifd-zstd.c" }],
  },
  {
    id: "qemu/multifd/empty-payload/10.0.13",
    claim: "A compressed packet of zero pages only that has a payload is refused.",
    value: "refused",
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
    id: "qemu/multifd/empty-payload/10.1",
    claim: "A compressed packet of zero pages only that has a payload aborts the process.",
    value: "aborts",
    since: "10.1",
    until: { after: "11.1", atLatest: "11.1.1" },
    evidence: [
      { kind: "source", where: "10.1.0 to 11.1.0-rc2, migration/multifd-zlib.c, migration/multifd-zstd.c" },
    ],
  },
  {
    id: "qemu/multifd/empty-payload/11.1.1",
    claim: "A compressed packet of zero pages only that has a payload is refused.",
    value: "refused",
    since: { after: "11.1", atLatest: "11.1.1" },
    evidence: [
      {
        kind: "source",
        where: "Debian's changelog of 1:11.1.1+ds-1: Replace assert() with error_setg() in recv paths",
      },
    ],
  },
];

/** Pages that come before the main channel has begun to load. */
export const MULTIFD_EARLY_PAGES_CRASH: readonly Fact[] = [
  {
    id: "qemu/multifd/early-pages-crash",
    claim: "A page that comes before loading has begun follows a null pointer, and kills the process.",
    value: true,
    since: "9.1",
    evidence: [
      {
        kind: "source",
        where: "9.1.0, migration/multifd.c, migration/multifd-zero-page.c: ramblock_recv_bitmap_set_offset()",
      },
      { kind: "run", of: "10.0.13, 11.1.3: a page right behind the opening packet of the last channel" },
    ],
  },
];
