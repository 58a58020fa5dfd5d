import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A packet claims more room than it may. */
export const MULTIFD_PAGES_ALLOC: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/pages-alloc/3.0",
    claim: "Too much room in a packet is reported so.",
    value: { template: "multifd: received packet with size %d and expected maximum size %d", to: "error" },
    since: "3.0",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/pages-alloc/4.0",
    claim: "Too much room in a packet is reported so.",
    value: {
      template: "multifd: received packet with size %d and expected a maximum size of %d",
      to: "error",
    },
    since: "4.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "4.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/pages-alloc/7.0",
    claim: "Too much room in a packet is reported so.",
    value: { template: "multifd: received packet with size %u and expected a size of %u", to: "error" },
    since: "7.0",
    until: "9.2",
    evidence: [{ kind: "source", where: "7.0.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/pages-alloc/9.2",
    claim: "Too much room in a packet is reported so.",
    value: { template: "multifd: received packet with %u pages, expected %u", to: "error" },
    since: "9.2",
    evidence: [
      { kind: "source", where: "9.2.0, migration/multifd-nocomp.c, multifd_ram_unfill_packet()" },
      { kind: "run", of: "10.0.13, 11.1.3: mf-packet-too-many-pages" },
    ],
  },
];

/** A packet has more normal pages than room. */
export const MULTIFD_NORMAL_PAGES: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/normal-pages/3.0",
    claim: "Too many normal pages are reported so.",
    value: { template: "multifd: received packet with size %d and expected maximum size %d", to: "error" },
    since: "3.0",
    until: "4.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/normal-pages/4.0",
    claim: "Too many normal pages are reported so.",
    value: {
      template: "multifd: received packet with %d pages and expected maximum pages are %d",
      to: "error",
    },
    since: "4.0",
    until: "7.0",
    evidence: [{ kind: "source", where: "4.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/normal-pages/7.0",
    claim: "Too many normal pages are reported so.",
    value: {
      template: "multifd: received packet with %u pages and expected maximum pages are %u",
      to: "error",
    },
    since: "7.0",
    until: "9.0",
    evidence: [{ kind: "source", where: "7.0.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/normal-pages/9.0",
    claim: "Too many normal pages are reported so.",
    value: {
      template: "multifd: received packet with %u normal pages and expected maximum pages are %u",
      to: "error",
    },
    since: "9.0",
    until: "9.2",
    evidence: [{ kind: "source", where: "9.0.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/normal-pages/9.2",
    claim: "Too many normal pages are reported so.",
    value: {
      template: "multifd: received packet with %u non-zero pages, which exceeds maximum expected pages %u",
      to: "error",
    },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0, migration/multifd-nocomp.c, multifd_ram_unfill_packet()" }],
  },
];

/** A packet has more zero pages than room. */
export const MULTIFD_ZERO_PAGE_COUNT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/zero-pages/9.0",
    claim: "Too many zero pages are reported so.",
    value: {
      template: "multifd: received packet with %u zero pages and expected maximum zero pages are %u",
      to: "error",
    },
    since: "9.0",
    until: "9.2",
    evidence: [{ kind: "source", where: "9.0.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/zero-pages/9.2",
    claim: "Too many zero pages are reported so.",
    value: { template: "multifd: received packet with %u zero pages, expected maximum %u", to: "error" },
    since: "9.2",
    evidence: [{ kind: "source", where: "9.2.0, migration/multifd-nocomp.c, multifd_ram_unfill_packet()" }],
  },
];

/** A packet is for a RAM block that there is not. */
export const MULTIFD_UNKNOWN_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/unknown-block",
    claim: "An unknown RAM block is reported so.",
    value: { template: "multifd: unknown ram block %s", to: "error" },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_unfill_packet()" },
      { kind: "run", of: "10.0.13, 11.1.3: mf-packet-unknown-block" },
    ],
  },
];

/** A page lies outside its RAM block. */
export const MULTIFD_OFFSET: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/errors/offset/3.0",
    claim: "A page outside its RAM block is reported so.",
    value: { template: "multifd: offset too long %lx (max %lx)", to: "error" },
    since: "3.0",
    until: "5.0",
    evidence: [{ kind: "source", where: "3.0.0, migration/ram.c, multifd_recv_unfill_packet()" }],
  },
  {
    id: "qemu/multifd/errors/offset/5.0",
    claim: "A page outside its RAM block is reported so.",
    value: { template: "multifd: offset too long %llu (max %lx)", to: "error" },
    since: "5.0",
    evidence: [{ kind: "source", where: "5.0.0, migration/multifd.c, multifd_recv_unfill_packet()" }],
  },
];
