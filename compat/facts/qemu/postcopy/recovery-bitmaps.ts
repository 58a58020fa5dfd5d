import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** RECV_BITMAP when nothing recovers. */
export const RECV_BITMAP_ONLY_RECOVERY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/recv-bitmap/only-recovery",
    claim: "RECV_BITMAP outside of recovery is complained about and not answered.",
    value: {
      template: "migrate_send_rp_recv_bitmap: MSG_RP_RECV_BITMAP only used for recovery",
      to: "stderr",
    },
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0.0 to 11.1.0-rc2: migration/migration.c, migrate_send_rp_recv_bitmap()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** RECV_BITMAP without a name. */
export const RECV_BITMAP_NAME: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/recv-bitmap/name/printed",
    claim: "The text for a RECV_BITMAP whose block name is empty or cut. It is printed.",
    value: { template: "loadvm_handle_recv_bitmap: failed to read block name", to: "stderr" },
    since: "3.0",
    until: "10.2",
    evidence: [
      { kind: "source", where: "3.0.0 to 10.1.0: migration/savevm.c, loadvm_handle_recv_bitmap()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/recovery/recv-bitmap/name/told",
    claim: "The text for a RECV_BITMAP whose block name is empty or cut. It is part of the error.",
    value: { template: "failed to read block name", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "97c2fad858", release: "10.2" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** RECV_BITMAP of another length than its name's. */
export const RECV_BITMAP_LENGTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/recv-bitmap/length/printed",
    claim: "The text for a RECV_BITMAP whose length does not fit its name. It is printed.",
    value: { template: "loadvm_handle_recv_bitmap: invalid payload length (%d)", to: "stderr" },
    since: "3.0",
    until: "10.2",
    evidence: [
      { kind: "source", where: "3.0.0 to 10.1.0: migration/savevm.c, loadvm_handle_recv_bitmap()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/recovery/recv-bitmap/length/told",
    claim: "The text for a RECV_BITMAP whose length does not fit its name. It is part of the error.",
    value: { template: "invalid payload length (%d)", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "97c2fad858", release: "10.2" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** RECV_BITMAP of an unknown block. */
export const RECV_BITMAP_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/recovery/recv-bitmap/block/printed",
    claim: "The text for a RECV_BITMAP of a block that is not there. It is printed.",
    value: { template: "loadvm_handle_recv_bitmap: block '%s' not found", to: "stderr" },
    since: "3.0",
    until: "10.2",
    evidence: [
      { kind: "source", where: "3.0.0 to 10.1.0: migration/savevm.c, loadvm_handle_recv_bitmap()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
  {
    id: "qemu/recovery/recv-bitmap/block/told",
    claim: "The text for a RECV_BITMAP of a block that is not there. It is part of the error.",
    value: { template: "block '%s' not found", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "97c2fad858", release: "10.2" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];
