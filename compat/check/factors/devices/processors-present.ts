import { FIRST_OF_PROCESSOR } from "../../../facts/qemu/devices/processors.ts";
import { SECTION_UNKNOWN } from "../../../facts/qemu/stream/sections.ts";
import { chaptersFor } from "../../chapters.ts";
import { earOf } from "../../endings/ear.ts";
import { loadError } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import { machineOf } from "./machine.ts";
import { ends, NOTHING, stateRefused } from "./problem.ts";
import { processorsOf } from "./processors-of.ts";

const X86 = /^(?:pc-|microvm)/;
/** Where no interrupt controller comes before it. */
const COMMON = "cpu_common";

export const processorsPresent: Factor = {
  rule: "PROCESSORS_PRESENT",
  purpose: "Checks that the destination has as many processors as the source.",
  reference: "migration/savevm.c, find_se(); hw/core/cpu-system.c, cpu_vmstate_register()",
  find(pair) {
    const { source, destination } = pair;
    const sent = processorsOf(source);
    const own = processorsOf(destination);
    if (sent === undefined || own === undefined || sent <= own) return NOTHING;
    const section = (X86.test(machineOf(source)) && source.value(FIRST_OF_PROCESSOR)) || COMMON;
    return [
      ends(
        "switchover",
        stateRefused(pair, loadError(destination, "EINVAL", SECTION_UNKNOWN, section, own)),
        { source: sent, destination: own, ear: earOf(pair) },
        [...chaptersFor(source, FIRST_OF_PROCESSOR), ...chaptersFor(destination, SECTION_UNKNOWN)],
      ),
    ];
  },
};
