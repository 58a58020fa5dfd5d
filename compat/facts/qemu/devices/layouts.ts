import type { Fact } from "../../fact.ts";

/** Layouts of a state that its version does not tell apart: the one that is written, and those that are read. */
export interface StateLayout {
  readonly writes: string;
  readonly reads: readonly string[];
}

/** State whose layout changed without its version, by the last part of its section's name. */
export const STATE_LAYOUTS: readonly Fact<Readonly<Record<string, StateLayout>>>[] = [
  {
    id: "qemu/devices/layouts/esp-without-drq",
    claim: "The state of a PCI ESP controller ends without drq_state.",
    value: { pciespscsi: { writes: "without-drq", reads: ["without-drq", "with-drq"] } },
    since: "2.5",
    until: "9.0",
    evidence: [
      { kind: "source", where: "8.2.0: hw/scsi/esp.c, vmstate_esp" },
      { kind: "run", of: "10.0.13 to 7.2.22 completes, 11.1.3 to 7.2.22 does not" },
    ],
  },
  {
    id: "qemu/devices/layouts/esp-with-drq",
    claim: "It ends with drq_state, which is read of older sources as well, though they do not send it.",
    value: { pciespscsi: { writes: "with-drq", reads: ["with-drq", "with-drq-11.1"] } },
    since: "9.0",
    until: { after: "10.0.13", atLatest: "11.1" },
    evidence: [
      { kind: "source", where: "9.0.0: hw/scsi/esp.c, vmstate_esp; not in 8.2.0" },
      { kind: "run", of: "5.2.0 and 7.2.22 to 10.0.13: Missing section footer" },
    ],
  },
  {
    id: "qemu/devices/layouts/esp-of-11.1",
    claim: "It is read as before, and older releases do not read it any more.",
    value: { pciespscsi: { writes: "with-drq-11.1", reads: ["with-drq", "with-drq-11.1"] } },
    since: { after: "10.0.13", atLatest: "11.1" },
    evidence: [
      { kind: "run", of: "7.2.22 to 11.1.3 and back: Missing section footer; 10.0.13 to 11.1.3 completes" },
    ],
  },
];
