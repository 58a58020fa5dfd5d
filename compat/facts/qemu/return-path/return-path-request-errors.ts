import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** REQ_PAGES_ID whose length and name do not agree. */
export const REQUEST_LENGTH: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/request-length/printed",
    claim: "A REQ_PAGES_ID is refused whose name does not fill it, in a line on stderr.",
    value: { template: "RP: Req_Page_id with length %d expecting %zd", to: "stderr" },
    since: "2.5",
    until: "8.2",
    evidence: [{ kind: "source", where: "2.5 to 8.1: migration/migration.c, source_return_path_thread()" }],
  },
  {
    id: "qemu/return-path/error/request-length/told",
    claim: "A REQ_PAGES_ID is refused whose name does not fill it, in the error of the migration.",
    value: { template: "Req_Page_id with length %d expecting %zd", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "source", where: "8.2 to 11.1: migration/migration.c, source_return_path_thread()" },
    ],
  },
];

/** A request for parts of host pages. */
export const REQUEST_MISALIGNED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/request-misaligned/printed",
    claim: "A request must be for whole host pages, in a line on stderr.",
    value: {
      template: "migrate_handle_rp_req_pages: Misaligned page request, start: %llx len: %zd",
      to: "stderr",
    },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/migration.c, migrate_handle_rp_req_pages()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/request-misaligned/told",
    claim: "A request must be for whole host pages, in the error of the migration.",
    value: { template: "MIG_RP_MSG_REQ_PAGES: Misaligned page request, start:%llx len: %zd", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** REQ_PAGES before any REQ_PAGES_ID. */
export const REQUEST_WITHOUT_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/request-without-block/printed",
    claim: "A REQ_PAGES needs a REQ_PAGES_ID before it, in a line on stderr.",
    value: { template: "ram_save_queue_pages no previous block", to: "stderr" },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/ram.c, ram_save_queue_pages()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/request-without-block/told",
    claim: "A REQ_PAGES needs a REQ_PAGES_ID before it, in the error of the migration.",
    value: { template: "MIG_RP_MSG_REQ_PAGES has no previous block", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A request for a block that the source does not have. */
export const REQUEST_UNKNOWN_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/request-unknown-block/printed",
    claim: "A request must name a block of the source, in a line on stderr.",
    value: { template: "ram_save_queue_pages no block '%s'", to: "stderr" },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/ram.c, ram_save_queue_pages()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/request-unknown-block/told",
    claim: "A request must name a block of the source, in the error of the migration.",
    value: { template: "MIG_RP_MSG_REQ_PAGES has no block '%s'", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A request for more than the block has. */
export const REQUEST_OVERRUN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/request-overrun/printed",
    claim: "A request must lie in its block, in a line on stderr.",
    value: {
      template: "ram_save_queue_pages request overrun start=%llx len=%llx blocklen=%llx",
      to: "stderr",
    },
    since: "2.5",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.5 to 8.1: migration/ram.c, ram_save_queue_pages()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/request-overrun/told",
    claim: "A request must lie in its block, in the error of the migration.",
    value: {
      template: "MIG_RP_MSG_REQ_PAGES request overrun, start=%llx len=%llx blocklen=%llx",
      to: "error",
    },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];
