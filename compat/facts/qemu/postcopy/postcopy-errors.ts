import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";
import { movedText } from "../../moved-text.ts";

/** A second POSTCOPY_ADVISE. */
export const ADVISE_STATE = movedText({
  id: "qemu/postcopy/advise/state",
  claim: "The text for POSTCOPY_ADVISE when postcopy is announced already.",
  template: "CMD_POSTCOPY_ADVISE in wrong postcopy state (%d)",
  since: "2.5",
  movedIn: "10.2",
  commit: "34a94fe28d",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_handle_advise()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** An empty POSTCOPY_ADVISE for RAM. */
export const ADVISE_EMPTY = movedText({
  id: "qemu/postcopy/advise/empty",
  claim: "The text for an empty POSTCOPY_ADVISE with the postcopy-ram capability.",
  template: "RAM postcopy is enabled but have 0 byte advise",
  since: "2.12",
  movedIn: "10.2",
  commit: "34a94fe28d",
  where: "2.12.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_handle_advise()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A POSTCOPY_ADVISE for RAM without the capability. */
export const ADVISE_NOT_EMPTY = movedText({
  id: "qemu/postcopy/advise/not-empty",
  claim: "The text for a POSTCOPY_ADVISE with page sizes without the postcopy-ram capability.",
  template: "RAM postcopy is disabled but have 16 byte advise",
  since: "2.12",
  movedIn: "10.2",
  commit: "34a94fe28d",
  where: "2.12.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_handle_advise()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** A POSTCOPY_ADVISE of another length. */
export const ADVISE_LENGTH = movedText({
  id: "qemu/postcopy/advise/length",
  claim: "The text for a POSTCOPY_ADVISE of neither 0 nor 16 bytes.",
  template: "CMD_POSTCOPY_ADVISE invalid length (%d)",
  since: "2.12",
  movedIn: "10.2",
  commit: "34a94fe28d",
  where: "2.12.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_handle_advise()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** The host pages of the two sides differ. */
export const ADVISE_PAGE_SIZES: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/advise/host-page-sizes",
    claim: "The text for another host page size.",
    value: { template: "Postcopy needs matching host page sizes (s=%d d=%d)", to: "stderr" },
    since: "2.5",
    until: "2.9",
    evidence: [
      { kind: "source", where: "2.5.0 to 2.8.0: migration/savevm.c, loadvm_postcopy_handle_advise()" },
    ],
  },
  {
    id: "qemu/postcopy/advise/page-sizes/printed",
    claim: "The text for another sum of the page sizes of RAM blocks.",
    value: { template: "Postcopy needs matching RAM page sizes (s=%llx d=%llx)", to: "stderr" },
    since: "2.9",
    until: "10.2",
    evidence: [
      { kind: "commit", commit: "e8ca1db29b", release: "2.9" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
  {
    id: "qemu/postcopy/advise/page-sizes/told",
    claim: "The text for another sum of the page sizes of RAM blocks. It is part of the error.",
    value: { template: "Postcopy needs matching RAM page sizes (s=%llx d=%llx)", to: "error" },
    since: "10.2",
    evidence: [
      { kind: "commit", commit: "34a94fe28d", release: "10.2" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** The target page sizes of the two sides differ. */
export const ADVISE_TARGET_PAGE = movedText({
  id: "qemu/postcopy/advise/target-page-size",
  claim: "The text for another target page size.",
  template: "Postcopy needs matching target page sizes (s=%d d=%zd)",
  since: "2.5",
  movedIn: "10.2",
  commit: "34a94fe28d",
  where: "2.5.0 to 10.1.0: migration/savevm.c, loadvm_postcopy_handle_advise()",
  run: "5.2.0, 7.2.22, 10.0.13, 11.1.3",
});

/** What POSTCOPY_ADVISE does without the postcopy-ram capability. */
export const ADVISE_NEEDS_CAPABILITY: readonly Fact<"not-asked" | "unread" | "checked">[] = [
  {
    id: "qemu/postcopy/advise/capability/not-asked",
    claim: "POSTCOPY_ADVISE is taken whatever the capability says.",
    value: "not-asked",
    since: "2.5",
    until: "2.11",
    evidence: [
      { kind: "source", where: "2.5.0 to 2.10.0: migration/savevm.c, loadvm_postcopy_handle_advise()" },
    ],
  },
  {
    id: "qemu/postcopy/advise/capability/unread",
    claim: "Without the capability the 16 bytes of POSTCOPY_ADVISE are not read, and taken for sections.",
    value: "unread",
    since: "2.11",
    until: "2.12",
    evidence: [{ kind: "source", where: "2.11.0: migration/savevm.c, loadvm_postcopy_handle_advise()" }],
  },
  {
    id: "qemu/postcopy/advise/capability/checked",
    claim: "The length must fit the capability: 16 with it, 0 without.",
    value: "checked",
    since: "2.12",
    evidence: [
      { kind: "commit", commit: "875fcd013a", release: "2.12" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];
