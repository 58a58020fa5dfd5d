import {
  HOTPLUG_OWNERS,
  HOTPLUG_STATE_SENT,
  type HotplugOwner,
} from "../../../facts/qemu/devices/processors.ts";
import { FOOTER_FAILED, FOOTER_MISSING } from "../../../facts/qemu/stream/sections.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { earOf } from "../../endings/ear.ts";
import { type LoadError, loadError, within } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import { forMachine } from "./machine.ts";
import { ends, NOTHING, notKnown, stateRefused, tells } from "./problem.ts";
import { processorsOf } from "./processors-of.ts";

export const processorHotplugFits: Factor = {
  rule: "PROCESSOR_HOTPLUG_FITS",
  purpose: "Checks that a destination with more processors than the source reads the state of hotplug right.",
  reference: "hw/acpi/cpu.c, vmstate_cpu_hotplug: as many entries as there may be processors, uncounted",
  find(pair) {
    const { source, destination } = pair;
    const sent = processorsOf(source);
    const own = processorsOf(destination);
    if (sent === undefined || own === undefined || own <= sent) return NOTHING;
    const args = { source: sent, destination: own, ear: earOf(pair) };
    const owner = forMachine(source, source.value(HOTPLUG_OWNERS));
    const facts = chaptersFor(source, HOTPLUG_STATE_SENT, HOTPLUG_OWNERS);
    if (!owner)
      return [
        { ...ends("switchover", notKnown(pair), { ...args, state: "unknown" }, facts), level: "warning" },
      ];
    if (source.value(HOTPLUG_STATE_SENT) !== "always")
      return [tells("warning", { ...args, state: "when-chosen" }, facts)];
    const error = misread(pair, owner, sent);
    return [
      ends("switchover", stateRefused(pair, error), { ...args, state: "always" }, [
        ...facts,
        ...chaptersFor(destination, FOOTER_MISSING),
      ]),
    ];
  },
};

/** The destination takes the footer, and what follows, for further entries. */
function misread(pair: Pair, { section, id, perProcessor }: HotplugOwner, sent: number): LoadError {
  const { destination } = pair;
  const error = loadError(destination, "EINVAL", FOOTER_MISSING, section);
  return within(destination, error, FOOTER_FAILED, id + perProcessor * (sent - 1));
}
