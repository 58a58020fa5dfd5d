import type { Pair } from "../../end.ts";
import { remembering } from "../../remembering.ts";
import { devicesOf, type PlacedDevice } from "./devices-of.ts";

/** A device of the source, and the one that loads what it sends, where there is one. */
export interface Counterparts {
  readonly sent: readonly (readonly [device: PlacedDevice, other: PlacedDevice | undefined])[];
  /** Devices of the destination for which nothing comes. */
  readonly unused: readonly PlacedDevice[];
}

const NO_DEVICES: Counterparts = { sent: [], unused: [] };

/** Which device loads which. */
export const counterparts: (pair: Pair) => Counterparts = remembering(meet);

function meet({ source, destination }: Pair): Counterparts {
  const devices = devicesOf(source);
  const here = devicesOf(destination);
  if (devices.length === 0 && here.length === 0) return NO_DEVICES;
  const sent = devices.map((device) => [device, counterpart(device, here)] as const);
  const used = new Set(sent.map(([, other]) => other));
  return { sent, unused: here.filter((device) => !used.has(device)) };
}

function counterpart(device: PlacedDevice, here: readonly PlacedDevice[]): PlacedDevice | undefined {
  const section = device.sections[0];
  for (const other of here) {
    const own = other.sections[0];
    const same = section
      ? own !== undefined && own.idstr === section.idstr && own.instance === section.instance
      : own === undefined && other.driver === device.driver && other.place === device.place;
    if (same) return other;
  }
  return undefined;
}
