import type { Fact } from "../../fact.ts";
import type { Parameter } from "./parameter.ts";

/** `cpu-throttle-initial`. */
export const CPU_THROTTLE_INITIAL: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/cpu-throttle-initial/x-cpu-throttle-initial",
    claim: "The parameter x-cpu-throttle-initial exists, as an experiment.",
    value: {
      name: "x-cpu-throttle-initial",
      kind: "integer",
      default: 20,
      min: 1,
      max: 99,
      unit: "percent",
      sides: "source",
    },
    since: "2.5",
    until: "2.7",
    evidence: [{ kind: "commit", commit: "1626fee3bd", release: "2.5" }],
  },
  {
    id: "qemu/parameters/cpu-throttle-initial/2.7",
    claim: "x-cpu-throttle-initial has become cpu-throttle-initial.",
    value: {
      name: "cpu-throttle-initial",
      kind: "integer",
      default: 20,
      min: 1,
      max: 99,
      unit: "percent",
      sides: "source",
    },
    since: "2.7",
    evidence: [{ kind: "commit", commit: "d85a31d1f4", release: "2.7" }],
  },
];

/** `cpu-throttle-increment`. */
export const CPU_THROTTLE_INCREMENT: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/cpu-throttle-increment/x-cpu-throttle-increment",
    claim: "The parameter x-cpu-throttle-increment exists, as an experiment.",
    value: {
      name: "x-cpu-throttle-increment",
      kind: "integer",
      default: 10,
      min: 1,
      max: 99,
      unit: "percent",
      sides: "source",
    },
    since: "2.5",
    until: "2.7",
    evidence: [{ kind: "commit", commit: "1626fee3bd", release: "2.5" }],
  },
  {
    id: "qemu/parameters/cpu-throttle-increment/2.7",
    claim: "x-cpu-throttle-increment has become cpu-throttle-increment.",
    value: {
      name: "cpu-throttle-increment",
      kind: "integer",
      default: 10,
      min: 1,
      max: 99,
      unit: "percent",
      sides: "source",
    },
    since: "2.7",
    evidence: [{ kind: "commit", commit: "d85a31d1f4", release: "2.7" }],
  },
];

/** `cpu-throttle-tailslow`. */
export const CPU_THROTTLE_TAILSLOW: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/cpu-throttle-tailslow",
    claim: "The parameter cpu-throttle-tailslow exists.",
    value: { name: "cpu-throttle-tailslow", kind: "boolean", default: false, sides: "source" },
    since: "5.1",
    evidence: [{ kind: "commit", commit: "cbbf818224", release: "5.1" }],
  },
];

/** `max-cpu-throttle`. */
export const MAX_CPU_THROTTLE: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/max-cpu-throttle",
    claim: "The parameter max-cpu-throttle exists.",
    value: {
      name: "max-cpu-throttle",
      kind: "integer",
      default: 99,
      max: 99,
      unit: "percent",
      sides: "source",
    },
    since: "3.1",
    evidence: [{ kind: "commit", commit: "4cbc9c7ffd", release: "3.1" }],
    notes: "Not below cpu-throttle-initial.",
  },
];

/** `throttle-trigger-threshold`. */
export const THROTTLE_TRIGGER_THRESHOLD: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/throttle-trigger-threshold",
    claim: "The parameter throttle-trigger-threshold exists.",
    value: {
      name: "throttle-trigger-threshold",
      kind: "integer",
      default: 50,
      min: 1,
      max: 100,
      unit: "percent",
      sides: "source",
    },
    since: "5.0",
    evidence: [{ kind: "commit", commit: "dc14a47076", release: "5.0" }],
  },
];

/** `x-vcpu-dirty-limit-period`. */
export const X_VCPU_DIRTY_LIMIT_PERIOD: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/x-vcpu-dirty-limit-period",
    claim: "The parameter x-vcpu-dirty-limit-period exists.",
    value: {
      name: "x-vcpu-dirty-limit-period",
      kind: "integer",
      default: 1000,
      min: 1,
      max: 1000,
      unit: "milliseconds",
      sides: "source",
    },
    since: "8.1",
    evidence: [{ kind: "commit", commit: "4d80785719", release: "8.1" }],
  },
];

/** `vcpu-dirty-limit`. */
export const VCPU_DIRTY_LIMIT: readonly Fact<Parameter>[] = [
  {
    id: "qemu/parameters/vcpu-dirty-limit",
    claim: "The parameter vcpu-dirty-limit exists.",
    value: {
      name: "vcpu-dirty-limit",
      kind: "integer",
      default: 1,
      min: 1,
      unit: "MB a second",
      sides: "source",
    },
    since: "8.1",
    evidence: [{ kind: "commit", commit: "09f9ec9913", release: "8.1" }],
  },
];
