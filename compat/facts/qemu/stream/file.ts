import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

/** The text for a stream that does not begin with QEVM. */
export const NOT_A_STREAM = movedText({
  id: "qemu/file/magic",
  claim: "The first four bytes are not QEVM.",
  template: "Not a migration stream",
  told: "Not a migration stream, magic: %x != %x",
  since: "2.5",
  movedIn: "10.2",
  commit: "71cf63a471",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_state()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The text for a stream of version 2. */
export const OBSOLETE_VERSION = movedText({
  id: "qemu/file/version-2",
  claim: "Version 2 has a text of its own.",
  template: "SaveVM v2 format is obsolete and don't work anymore",
  told: "SaveVM v2 format is obsolete and no longer supported",
  since: "2.5",
  movedIn: "10.2",
  commit: "71cf63a471",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_state()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The text for a stream of a version other than 2 and 3. */
export const UNSUPPORTED_VERSION = movedText({
  id: "qemu/file/version",
  claim: "Only version 3 is read.",
  template: "Unsupported migration stream version",
  told: "Unsupported migration stream version, file version %x != %x",
  since: "2.5",
  movedIn: "10.2",
  commit: "71cf63a471",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_state()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The text for a stream without a configuration section. */
export const CONFIGURATION_MISSING = movedText({
  id: "qemu/file/configuration-missing",
  claim: "Behind the version a configuration section is required.",
  template: "Configuration section missing",
  told: "Configuration section missing, %x != %x",
  since: "2.5",
  movedIn: "10.2",
  commit: "71cf63a471",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_state()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The text for a byte that begins no section. */
export const UNKNOWN_SECTION_TYPE = movedText({
  id: "qemu/file/section-type",
  claim: "A section begins with a type that is known.",
  template: "Unknown savevm section type %d",
  told: "Unknown section type %d",
  since: "2.5",
  movedIn: "10.2",
  commit: "deecb4e713",
  where: "2.5.0 to 10.1.0: migration/savevm.c, qemu_loadvm_state_main()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** Whether the end of the input is told from the end of the stream. */
export const END_NOTICED: readonly Fact[] = [
  {
    id: "qemu/file/end-noticed",
    claim:
      "A section type that is read beyond the end of the input is an I/O error at once; before, it was a zero, which ends the stream, and the error was noticed then.",
    value: true,
    since: "2.12",
    evidence: [{ kind: "source", where: "2.11.0 and 2.12.0: migration/savevm.c, qemu_loadvm_state_main()" }],
  },
];

/** What is put in front of the error of a channel that ends between two sections. */
export const SECTION_TYPE_UNREADABLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/file/section-type-unreadable",
    claim: "The error tells that a section was to be read.",
    value: { template: "Failed to load section ID: stream error: %d", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "source", where: "10.2.0: migration/savevm.c, qemu_loadvm_state_main()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The error of a channel that has none of its own. */
export const CHANNEL_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/file/channel-error",
    claim: "An error of a channel is told as an errno when the channel told nothing.",
    value: { template: "Channel error: %s", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "source", where: "8.2.0: migration/qemu-file.c, qemu_file_get_error_obj()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** What is printed where no description follows the end of the stream; it loads all the same. */
export const DESCRIPTION_EXPECTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/file/description-expected",
    claim: "Behind the end of the stream its description is expected, but not required.",
    value: { template: "Expected vmdescription section, but got %d", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/savevm.c, qemu_loadvm_state()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** Whether the errno of a failure inside state that a description defines reaches the caller. */
export const ERRNO_LOST: readonly Fact[] = [
  {
    id: "qemu/file/errno-lost",
    claim: "A failure inside state that is loaded by a description is an invalid argument, whatever it was.",
    value: true,
    since: "11.1",
    evidence: [
      { kind: "commit", commit: "78ff878a52", release: "11.1" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];
