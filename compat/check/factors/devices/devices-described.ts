import { UNMIGRATABLE } from "../../../facts/qemu/devices/unmigratable.ts";
import type { End } from "../../end.ts";
import type { Factor, Problem } from "../../factor.ts";
import { devicesOf } from "./devices-of.ts";
import { hasDriver } from "./driver-names.ts";
import { ownValue } from "./place.ts";
import { NOTHING, tells } from "./problem.ts";

export const devicesDescribed: Factor = {
  rule: "DEVICES_DESCRIBED",
  purpose: "Checks that it is known what each device of the source sends.",
  reference: "the facts under qemu/devices/streamed",
  find: ({ source }) => undescribed(source),
};

function undescribed(end: End): readonly Problem[] {
  const devices = devicesOf(end);
  if (devices.length === 0) return NOTHING;
  const blocking = end.value(UNMIGRATABLE);
  return devices.flatMap(({ driver, known }) =>
    known || ownValue(blocking, driver) !== undefined || hasDriver(end.version, driver) === false
      ? []
      : tells("warning", { driver, side: end.role }, [], "start source"),
  );
}
