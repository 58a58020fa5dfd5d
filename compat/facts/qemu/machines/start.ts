import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a QEMU says that is started with a machine type it does not have; the option stands in front. */
export const MACHINE_UNSUPPORTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/machines/unsupported/unnamed",
    claim: "An unknown machine type is refused without its name.",
    value: { template: "unsupported machine type", to: "stderr" },
    since: "2.5",
    until: "9.1",
    evidence: [
      { kind: "source", where: "2.5.0, vl.c, machine_parse()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/machines/unsupported/named",
    claim: "An unknown machine type is refused by its name.",
    value: { template: 'unsupported machine type: "%s"', to: "stderr" },
    since: "9.1",
    evidence: [
      { kind: "commit", commit: "412d294ffdc6", release: "9.1" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];

/** The line behind it. */
export const MACHINE_HELP: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/machines/help",
    claim: "Behind the refusal of a machine type stands how to list those there are.",
    value: { template: "Use -machine help to list supported machines", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0, vl.c, machine_parse()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13" },
    ],
  },
];

/** Whether the option itself stands in front of that, as it was given: `-machine pc-q35-10.0,accel=tcg: `. */
export const OPTION_IN_FRONT: readonly Fact[] = [
  {
    id: "qemu/machines/option-in-front",
    claim: "The refusal of a machine type begins with the option as it was given.",
    value: true,
    since: "2.5",
    until: "6.1",
    evidence: [
      { kind: "source", where: "6.0.0: softmmu/vl.c, select_machine(); 6.1.0 without the option's place" },
      { kind: "run", of: "5.2.0; not 7.2.22: -machine, -M" },
    ],
  },
];
