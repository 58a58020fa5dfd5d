import { UNMIGRATABLE } from "../../../facts/qemu/devices/unmigratable.ts";
import { STATE_BLOCKED } from "../../../facts/qemu/stream/blocked.ts";
import { chaptersFor } from "../../chapters.ts";
import { refused } from "../../endings/not-begun.ts";
import type { Factor } from "../../factor.ts";
import { devicesOf } from "./devices-of.ts";
import { ownValue } from "./place.ts";
import { ends, NOTHING } from "./problem.ts";

export const devicesMigratable: Factor = {
  rule: "DEVICES_MIGRATABLE",
  purpose: "Checks that the source has no device that cannot be migrated.",
  reference: "migration/savevm.c, qemu_savevm_state_blocked()",
  find({ source }) {
    const devices = devicesOf(source);
    if (devices.length === 0) return NOTHING;
    const blocking = source.value(UNMIGRATABLE);
    return devices.flatMap(({ driver, place }) => {
      const section = ownValue(blocking, driver);
      if (section === undefined) return [];
      const name = section.replace("@", place ?? "");
      const text = source.say(STATE_BLOCKED, name)?.text ?? "";
      return ends(
        "migrate",
        refused(source, "connect", text),
        { driver },
        chaptersFor(source, UNMIGRATABLE, STATE_BLOCKED),
      );
    });
  },
};
