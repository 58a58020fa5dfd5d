import { SLOT_TAKEN } from "../../../facts/qemu/devices/buses.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End } from "../../end.ts";
import { cannotStart } from "../../endings/not-begun.ts";
import type { Factor, Problem } from "../../factor.ts";
import { joined } from "../../joined.ts";
import { devicesOf, type PlacedDevice } from "./devices-of.ts";
import { optionOf } from "./option.ts";
import { ends, NOTHING } from "./problem.ts";

/** `0000:00:05.0`. */
const PLACE = /:([0-9a-f]{2})\.([0-7])$/;

export const devicesApart: Factor = {
  rule: "DEVICES_APART",
  purpose: "Checks that no two devices of a side are in one place.",
  reference: "hw/pci/pci.c, do_pci_register_device()",
  find: ({ source, destination }) => joined(taken(source), taken(destination)),
};

function taken(end: End): readonly Problem[] {
  const devices = devicesOf(end);
  if (devices.length < 2) return NOTHING;
  const first = new Map<string, PlacedDevice>();
  let problems = NOTHING;
  for (const placed of devices) {
    const { place } = placed;
    const other = place === undefined ? undefined : first.get(place);
    if (other) problems = [...problems, problemOf(end, placed, other)];
    else if (place !== undefined) first.set(place, placed);
  }
  return problems;
}

function problemOf(end: End, { driver, device, place = "" }: PlacedDevice, other: PlacedDevice): Problem {
  const [, slot = "0", fn = "0"] = PLACE.exec(place) ?? [];
  const numbers = [Number.parseInt(slot, 16), Number(fn)] as const;
  const { id = "(null)" } = other.device;
  const line = end.say(SLOT_TAKEN, optionOf(device), ...numbers, driver, other.driver, id)?.text;
  const args = { driver, other: other.driver, place, side: end.role };
  const ending = cannotStart(end, line === undefined ? [] : [line]);
  return ends(`start ${end.role}`, ending, args, chaptersFor(end, SLOT_TAKEN));
}
