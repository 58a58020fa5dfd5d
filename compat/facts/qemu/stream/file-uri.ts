import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** Migration to a file and from one. */
export const FILE_URI: readonly Fact<string>[] = [
  {
    id: "qemu/file-uri/syntax",
    claim: "A stream can be written to a file and read from it, from an offset on.",
    value: "file:PATH[,offset=N]",
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "2a9e2e595f2b", release: "8.2" },
      { kind: "commit", commit: "385f510df5f6", release: "8.2" },
    ],
    notes: "The offset is what qemu_strtosz() reads, such as 4096 or 4k.",
  },
];

/** The text for an offset that is no size; %s is the text of the errno. */
export const FILE_URI_OFFSET: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/file-uri/offset",
    claim: "An offset that is no size is refused.",
    value: { template: "file URI has bad offset %s: %s", to: "error" },
    since: "8.2",
    evidence: [{ kind: "source", where: "8.2.0, 9.0.0: migration/file.c, file_parse_offset()" }],
  },
];

/** The text for a file that a destination cannot open; %s are its path and the text of the errno. */
export const FILE_UNREADABLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/file-uri/unreadable/unable",
    claim: "migrate-incoming opens the file at once, and is refused where it is not there.",
    value: { template: "Unable to open %s: %s", to: "error" },
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.2.0, 9.0.0: io/channel-file.c, qio_channel_file_new_path()" }],
  },
  {
    id: "qemu/file-uri/unreadable/could-not",
    claim: "migrate-incoming opens the file at once, and is refused where it is not there, in other words.",
    value: { template: "Could not open '%s': %s", to: "error" },
    since: "9.1",
    evidence: [
      { kind: "source", where: "9.1.0 to 11.0.0: io/channel-file.c; util/osdep.c, qemu_open_internal()" },
      { kind: "run", of: "10.0.13: migrate-incoming before migrate" },
    ],
  },
];

/** What becomes of what a file holds already. */
export const FILE_URI_OPENS: readonly Fact<"emptied" | "kept-before-offset">[] = [
  {
    id: "qemu/file-uri/opens/emptied",
    claim: "The file is emptied, so that there are zeroes in front of the offset.",
    value: "emptied",
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.2.0, 9.0.0: migration/file.c, O_TRUNC" }],
  },
  {
    id: "qemu/file-uri/opens/kept",
    claim: "The file is cut at the offset, and what stands in front of it is kept.",
    value: "kept-before-offset",
    since: "9.1",
    evidence: [
      { kind: "commit", commit: "6d3279655ac4", release: "9.1" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** `fd:` with a regular file. */
export const FD_OF_FILE: readonly Fact<"taken" | "deprecated" | "refused">[] = [
  {
    id: "qemu/file-uri/fd/taken",
    claim: "fd: may be a regular file.",
    value: "taken",
    since: "2.5",
    until: "9.1",
    evidence: [{ kind: "source", where: "2.5.0: migration/fd.c" }],
  },
  {
    id: "qemu/file-uri/fd/deprecated",
    claim: "fd: with a regular file is deprecated, for file: with a descriptor of add-fd.",
    value: "deprecated",
    since: "9.1",
    until: "11.0",
    evidence: [
      { kind: "commit", commit: "c55deb860c", release: "9.1" },
      { kind: "source", where: "9.1.0, 10.1.0: docs/about/deprecated.rst" },
    ],
  },
  {
    id: "qemu/file-uri/fd/refused",
    claim: "fd: with a regular file is refused.",
    value: "refused",
    since: "11.0",
    evidence: [
      { kind: "commit", commit: "f1fcc1c10197", release: "11.0" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** What is printed of that. */
export const FD_OF_FILE_TEXT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/file-uri/fd-warning",
    claim: "fd: with a regular file is warned about; from 9.2 on a pipe is not.",
    value: {
      template: "warning: fd: migration to a file is deprecated. Use file: instead.",
      to: "stderr",
    },
    since: "9.1",
    until: "11.0",
    evidence: [
      { kind: "source", where: "9.1.0, 10.2.0: migration/fd.c, fd_start_incoming_migration()" },
      { kind: "run", of: "10.0.13: a file, and a pipe" },
    ],
  },
];
