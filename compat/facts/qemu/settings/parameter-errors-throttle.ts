import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a bad `cpu-throttle-initial` is answered with. */
export const CPU_THROTTLE_INITIAL: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/cpu-throttle-initial/2.5",
    claim: "A cpu-throttle-initial that is out of range is refused.",
    value: {
      template: "Parameter 'x_cpu_throttle_initial' expects an integer in the range of 1 to 99",
      to: "error",
    },
    since: "2.5",
    until: "2.7",
    evidence: [{ kind: "source", where: "2.5.0: migration/migration.c, qmp_migrate_set_parameters()" }],
  },
  {
    id: "qemu/parameter-errors/cpu-throttle-initial/2.7",
    claim: "A cpu-throttle-initial that is out of range is refused, in new words.",
    value: {
      template: "Parameter 'cpu_throttle_initial' expects an integer in the range of 1 to 99",
      to: "error",
    },
    since: "2.7",
    until: "11.0",
    evidence: [
      { kind: "source", where: "2.7.0: migration/migration.c, qmp_migrate_set_parameters()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/cpu-throttle-initial/11.0",
    claim: "A cpu-throttle-initial that is out of range is refused, in new words.",
    value: {
      template: "Option cpu-throttle-initial expects an integer in the range of 1 to 99",
      to: "error",
    },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `cpu-throttle-increment` is answered with. */
export const CPU_THROTTLE_INCREMENT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/cpu-throttle-increment/2.5",
    claim: "A cpu-throttle-increment that is out of range is refused.",
    value: {
      template: "Parameter 'x_cpu_throttle_increment' expects an integer in the range of 1 to 99",
      to: "error",
    },
    since: "2.5",
    until: "2.7",
    evidence: [{ kind: "source", where: "2.5.0: migration/migration.c, qmp_migrate_set_parameters()" }],
  },
  {
    id: "qemu/parameter-errors/cpu-throttle-increment/2.7",
    claim: "A cpu-throttle-increment that is out of range is refused, in new words.",
    value: {
      template: "Parameter 'cpu_throttle_increment' expects an integer in the range of 1 to 99",
      to: "error",
    },
    since: "2.7",
    until: "11.0",
    evidence: [
      { kind: "source", where: "2.7.0: migration/migration.c, qmp_migrate_set_parameters()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/cpu-throttle-increment/11.0",
    claim: "A cpu-throttle-increment that is out of range is refused, in new words.",
    value: {
      template: "Option cpu-throttle-increment expects an integer in the range of 1 to 99",
      to: "error",
    },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `max-cpu-throttle` is answered with. */
export const MAX_CPU_THROTTLE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/max-cpu-throttle/3.1",
    claim: "A max-cpu-throttle that is out of range is refused.",
    value: {
      template: "Parameter 'max_cpu_throttle' expects an integer in the range of cpu_throttle_initial to 99",
      to: "error",
    },
    since: "3.1",
    until: "11.0",
    evidence: [
      { kind: "source", where: "3.1.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/max-cpu-throttle/11.0",
    claim: "A max-cpu-throttle that is out of range is refused, in new words.",
    value: {
      template: "Option max-cpu-throttle expects an integer in the range of cpu-throttle-initial to 99",
      to: "error",
    },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `throttle-trigger-threshold` is answered with. */
export const THROTTLE_TRIGGER_THRESHOLD: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/throttle-trigger-threshold/5.0",
    claim: "A throttle-trigger-threshold that is out of range is refused.",
    value: {
      template: "Parameter 'throttle_trigger_threshold' expects an integer in the range of 1 to 100",
      to: "error",
    },
    since: "5.0",
    until: "11.0",
    evidence: [
      { kind: "source", where: "5.0.0: migration/migration.c, migrate_params_check()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/throttle-trigger-threshold/11.0",
    claim: "A throttle-trigger-threshold that is out of range is refused, in new words.",
    value: {
      template: "Option throttle-trigger-threshold expects an integer in the range of 1 to 100",
      to: "error",
    },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `x-vcpu-dirty-limit-period` is answered with. */
export const X_VCPU_DIRTY_LIMIT_PERIOD: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/x-vcpu-dirty-limit-period/8.1",
    claim: "A x-vcpu-dirty-limit-period that is out of range is refused.",
    value: {
      template: "Parameter 'x-vcpu-dirty-limit-period' expects a value between 1 and 1000",
      to: "error",
    },
    since: "8.1",
    until: "11.0",
    evidence: [
      { kind: "source", where: "8.1.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/x-vcpu-dirty-limit-period/11.0",
    claim: "A x-vcpu-dirty-limit-period that is out of range is refused, in new words.",
    value: { template: "Option x-vcpu-dirty-limit-period expects a value between 1 and 1000", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];

/** What a bad `vcpu-dirty-limit` is answered with. */
export const VCPU_DIRTY_LIMIT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/parameter-errors/vcpu-dirty-limit/8.1",
    claim: "A vcpu-dirty-limit that is out of range is refused.",
    value: {
      template: "Parameter 'vcpu_dirty_limit' expects is invalid, it must greater then 1 MB/s",
      to: "error",
    },
    since: "8.1",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.1.0: migration/options.c, migrate_params_check()" }],
  },
  {
    id: "qemu/parameter-errors/vcpu-dirty-limit/9.1",
    claim: "A vcpu-dirty-limit that is out of range is refused, in new words.",
    value: { template: "Parameter 'vcpu_dirty_limit' must be greater than 1 MB/s", to: "error" },
    since: "9.1",
    until: "11.0",
    evidence: [
      { kind: "source", where: "9.1.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "10.0.13: migrate-set-parameters" },
    ],
  },
  {
    id: "qemu/parameter-errors/vcpu-dirty-limit/11.0",
    claim: "A vcpu-dirty-limit that is out of range is refused, in new words.",
    value: { template: "Parameter 'vcpu-dirty-limit' must be greater than 1 MB/s", to: "error" },
    since: "11.0",
    evidence: [
      { kind: "source", where: "11.0.0: migration/options.c, migrate_params_check()" },
      { kind: "run", of: "11.1.3: migrate-set-parameters" },
    ],
  },
];
