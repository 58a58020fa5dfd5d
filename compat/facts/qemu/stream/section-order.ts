import type { Fact } from "../../fact.ts";

/** Of several states that began under one id, a part belongs to the one that was registered first. */
export const REGISTERED_FIRST: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/sections/order",
    claim: "These states are registered before others, in this order.",
    value: ["timer", "block", "ram", "dirty-bitmap"],
    since: "2.10",
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
    notes: "Of devices it is not known: there the last that began is taken.",
  },
];
