import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** How much of a failed load's reason stands in the error itself. */
export const LOAD_REASON: readonly Fact<"printed" | "told">[] = [
  {
    id: "qemu/load/reason/printed",
    claim: "The error of a failed load is the text of an errno; the reason is printed on stderr.",
    value: "printed",
    since: "2.5",
    until: "10.2",
    evidence: [
      { kind: "source", where: "5.2.0, 7.2.0, 10.0.0: migration/savevm.c, process_incoming_migration_co()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
    notes: "Read from 5.2 on; older texts were not compared.",
  },
  {
    id: "qemu/load/reason/told",
    claim: "The reason follows the errno in the error itself.",
    value: "told",
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "9535435795", release: "10.2" },
      { kind: "commit", commit: "71cf63a471", release: "10.2" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** `migrate-incoming` takes exit-on-error. */
export const EXIT_ON_ERROR: readonly Fact[] = [
  {
    id: "qemu/load/exit-on-error",
    claim: "QEMU can be told not to exit when a load fails.",
    value: true,
    since: "9.1",
    evidence: [{ kind: "commit", commit: "dbea1c89da", release: "9.1" }],
  },
];

/** Reading past the end is noticed before the flags of a RAM record are looked at. */
export const RAM_WORD_CHECKED: readonly Fact[] = [
  {
    id: "qemu/load/ram-word-checked",
    claim: "A stream that ends inside the first word of a RAM record is an I/O error, not an unknown record.",
    value: true,
    since: "9.0",
    evidence: [{ kind: "commit", commit: "12ab1e4fe8", release: "9.0" }],
  },
];

/** The text for fd: with a file: it is for pipes and sockets only. */
export const FD_REFUSES_FILES: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/load/fd-refuses-files",
    claim: "fd: with a regular file is refused.",
    value: { template: "fd: migration to a file is not supported. Use file: instead.", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "commit", commit: "f1fcc1c101", release: "11.0" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** mapped-ram exists; before it no file of that kind loads. */
export const MAPPED_RAM: readonly Fact[] = [
  {
    id: "qemu/load/mapped-ram",
    claim: "mapped-ram exists.",
    value: true,
    since: "9.0",
    evidence: [
      { kind: "source", where: "9.0.0, qapi/migration.json" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A zero page must be filled with zero. */
export const ZERO_PAGES_CHECKED: readonly Fact[] = [
  {
    id: "qemu/load/zero-pages-checked",
    claim: "A zero page that is filled with something else is refused.",
    value: true,
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0, migration/ram.c, ram_load_precopy()" }],
  },
];

/** RAM sections may have MULTIFD_FLUSH records. */
export const MULTIFD_FLUSH_KNOWN: readonly Fact[] = [
  {
    id: "qemu/load/multifd-flush-known",
    claim:
      "The flag 0x200 of a RAM record means that multifd channels are to be flushed, and nothing without them.",
    value: true,
    since: "8.1",
    evidence: [{ kind: "commit", commit: "294e5a4034", release: "8.1" }],
  },
];
