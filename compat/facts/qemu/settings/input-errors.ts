import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A value of the wrong type, by the name of the member and the type that was expected. */
export const TYPE_EXPECTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/input-errors/type",
    claim: "A member of the wrong type is refused with the type that was expected.",
    value: { template: "Invalid parameter type for '%s', expected: %s", to: "error" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0: include/qapi/qmp/qerror.h, QERR_INVALID_PARAMETER_TYPE" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];

/** A number that does not fit its type, by member and type. */
export const VALUE_EXPECTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/input-errors/value",
    claim: "A number that does not fit the type of its member is refused with that type.",
    value: { template: "Parameter '%s' expects %s", to: "error" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0: include/qapi/qmp/qerror.h, QERR_INVALID_PARAMETER_VALUE" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];

/** A member that a command does not have. */
export const MEMBER_UNEXPECTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/input-errors/unexpected/2.5",
    claim: "A member that is not known is refused.",
    value: { template: "QMP input object member '%s' is unexpected", to: "error" },
    since: "2.5",
    until: "2.9",
    evidence: [{ kind: "source", where: "2.5.0: include/qapi/qmp/qerror.h, QERR_QMP_EXTRA_MEMBER" }],
  },
  {
    id: "qemu/input-errors/unexpected/2.9",
    claim: "A member that is not known is refused, in new words.",
    value: { template: "Parameter '%s' is unexpected", to: "error" },
    since: "2.9",
    evidence: [
      { kind: "source", where: "2.9.0: qapi/qobject-input-visitor.c" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];

/** A member that has to be there and is not. */
export const MEMBER_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/input-errors/missing",
    claim: "A member that has to be there is asked for.",
    value: { template: "Parameter '%s' is missing", to: "error" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0: include/qapi/qmp/qerror.h, QERR_MISSING_PARAMETER" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];

/** A word that an enumeration does not have; the word alone fills the text. */
export const WORD_INVALID: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/input-errors/word-invalid",
    claim: "A word that is not of its enumeration is refused by itself, capabilities among them.",
    value: { template: "Invalid parameter '%s'", to: "error" },
    since: "2.5",
    until: "6.2",
    evidence: [
      { kind: "source", where: "2.5.0, 6.1.0: qapi/qapi-visit-core.c" },
      { kind: "run", of: "5.2.0: migrate-set-capabilities, migrate-set-parameters" },
    ],
  },
];

/** The same, with the member's name and the word. */
export const WORD_NOT_ACCEPTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/input-errors/word-not-accepted",
    claim: "A word that is not of its enumeration is refused with the name of the member.",
    value: { template: "Parameter '%s' does not accept value '%s'", to: "error" },
    since: "6.2",
    evidence: [
      { kind: "source", where: "6.2.0: qapi/qapi-visit-core.c, input_type_enum()" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3: migrate-set-capabilities, migrate-set-parameters" },
    ],
  },
];

/** Whether these texts name a member by its whole path, `capabilities[0].state`, or by its last part. */
export const WHOLE_PATHS: readonly Fact[] = [
  {
    id: "qemu/input-errors/whole-paths",
    claim: "Members are named by their whole path, but for those of an enumeration or a narrow integer.",
    value: true,
    since: "2.9",
    evidence: [
      { kind: "source", where: "2.9.0: qapi/qobject-input-visitor.c, full_name()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];
