import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a bad `announce-initial` is answered with. */
export const ANNOUNCE_INITIAL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/announce-initial/4.0",
    claim: "A announce-initial that is out of range is refused.",
    value: {
      template: "Parameter 'announce_initial' expects is invalid, it must be less than 100000 ms",
      to: "error",
    },
    since: "4.0",
    until: "6.0",
    evidence: [
      { kind: "source", where: "4.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-initial/6.0",
    claim: "A announce-initial that is out of range is refused, in new words.",
    value: { template: "Parameter 'announce_initial' expects a value between 0 and 100000", to: "error" },
    since: "6.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-initial/11.0",
    claim: "A announce-initial that is out of range is refused, in new words.",
    value: { template: "Option announce-initial expects a value between 0 and 100000", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `announce-max` is answered with. */
export const ANNOUNCE_MAX: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/announce-max/4.0",
    claim: "A announce-max that is out of range is refused.",
    value: {
      template: "Parameter 'announce_max' expects is invalid, it must be less than 100000 ms",
      to: "error",
    },
    since: "4.0",
    until: "6.0",
    evidence: [
      { kind: "source", where: "4.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-max/6.0",
    claim: "A announce-max that is out of range is refused, in new words.",
    value: { template: "Parameter 'announce_max' expects a value between 0 and 100000", to: "error" },
    since: "6.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-max/11.0",
    claim: "A announce-max that is out of range is refused, in new words.",
    value: { template: "Option announce-max expects a value between 0 and 100000", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `announce-rounds` is answered with. */
export const ANNOUNCE_ROUNDS: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/announce-rounds/4.0",
    claim: "A announce-rounds that is out of range is refused.",
    value: {
      template: "Parameter 'announce_rounds' expects is invalid, it must be in the range of 0 to 1000",
      to: "error",
    },
    since: "4.0",
    until: "6.0",
    evidence: [
      { kind: "source", where: "4.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-rounds/6.0",
    claim: "A announce-rounds that is out of range is refused, in new words.",
    value: { template: "Parameter 'announce_rounds' expects a value between 0 and 1000", to: "error" },
    since: "6.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-rounds/11.0",
    claim: "A announce-rounds that is out of range is refused, in new words.",
    value: { template: "Option announce-rounds expects a value between 0 and 1000", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `announce-step` is answered with. */
export const ANNOUNCE_STEP: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/announce-step/4.0",
    claim: "A announce-step that is out of range is refused.",
    value: {
      template: "Parameter 'announce_step' expects is invalid, it must be in the range of 1 to 10000 ms",
      to: "error",
    },
    since: "4.0",
    until: "6.0",
    evidence: [
      { kind: "source", where: "4.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-step/6.0",
    claim: "A announce-step that is out of range is refused, in new words.",
    value: { template: "Parameter 'announce_step' expects a value between 0 and 10000", to: "error" },
    since: "6.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "6.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/announce-step/11.0",
    claim: "A announce-step that is out of range is refused, in new words.",
    value: { template: "Option announce-step expects a value between 0 and 10000", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];
