import { DRIVER_ALIASES } from "../../../facts/qemu/devices/drivers.ts";
import type { StreamedDevice } from "../../../facts/qemu/devices/streamed-device.ts";
import type { End } from "../../end.ts";
import { rememberingEnds } from "../../remembering.ts";
import type { ScenarioDevice } from "../../scenario.ts";
import { deviceTable } from "./device-table.ts";
import { ownValue, placesOf } from "./place.ts";

/** A section by which a device is known in the stream. */
export interface DeviceSection {
  readonly idstr: string;
  readonly instance: number;
}

/** The name of a device's state: what its section is called behind its place. */
export function stateOf(section: DeviceSection | undefined): string {
  return section === undefined ? "" : section.idstr.slice(section.idstr.lastIndexOf("/") + 1);
}

/** A device of an end, with what it sends. */
export interface PlacedDevice {
  readonly driver: string;
  readonly device: ScenarioDevice;
  /** `0000:00:02.0`, where that can be told. */
  readonly place: string | undefined;
  /** What the facts know of it. */
  readonly known: StreamedDevice | undefined;
  readonly sections: readonly DeviceSection[];
  readonly blocks: readonly (readonly [idstr: string, bytes: number])[];
}

/** Buses of which the drivers' names tell; the rest is taken to be on PCI. */
const BESIDE_PCI =
  /^(?:usb|scsi|isa|ide|hda|ccid|sd|vhost-user-device)-|^virt(?:serialport|console)$|^(?:pc-dimm|nvdimm|sga|ib700)$/;

const NO_DEVICES: readonly PlacedDevice[] = [];
const placed = rememberingEnds(place);

/** The devices of an end in the order in which QEMU makes them; none where it tells of none. */
export function devicesOf(end: End): readonly PlacedDevice[] {
  const { devices } = end.peer;
  return Array.isArray(devices) && devices.length > 0 ? placed(end) : NO_DEVICES;
}

function place(end: End): readonly PlacedDevice[] {
  const { devices } = end.peer;
  if (!Array.isArray(devices)) return NO_DEVICES;
  const table = deviceTable(end.version);
  const places = placesOf(end);
  const counts = new Map<string, number>();
  return devices.filter(isDevice).map((given): PlacedDevice => {
    const device = wellFormed(given);
    const driver = ownValue(end.value(DRIVER_ALIASES), device.driver) ?? device.driver;
    const known = table.get(driver);
    const beside = known ? known.beside === true : BESIDE_PCI.test(driver);
    const at = beside ? undefined : places.take(device);
    return {
      driver,
      device,
      place: at,
      known,
      sections: sectionsOf(known, at, counts),
      blocks: blocksOf(known, at, device),
    };
  });
}

function sectionsOf(
  known: StreamedDevice | undefined,
  at: string | undefined,
  counts: Map<string, number>,
): readonly DeviceSection[] {
  return (known?.sections ?? []).map((section) => {
    if (section.startsWith("@")) return { idstr: named(section, at), instance: 0 };
    const instance = counts.get(section) ?? 0;
    counts.set(section, instance + 1);
    return { idstr: section, instance };
  });
}

/** A device that is told to have no ROM has no block for it. */
function blocksOf(
  known: StreamedDevice | undefined,
  at: string | undefined,
  { properties }: ScenarioDevice,
): PlacedDevice["blocks"] {
  const romless = properties?.romfile === "";
  return (known?.blocks ?? [])
    .filter(([name]) => !romless || !name.endsWith(".rom"))
    .map(([name, bytes]) => [named(name, at), bytes]);
}

function named(name: string, at: string | undefined): string {
  return name.startsWith("@") && at !== undefined ? `${at}${name.slice(1)}` : name;
}

function isDevice(value: unknown): value is ScenarioDevice {
  return typeof value === "object" && value !== null && typeof (value as ScenarioDevice).driver === "string";
}

/** A device without an address or properties that are none. */
export function wellFormed(device: ScenarioDevice): ScenarioDevice {
  const { driver, id, addr, properties } = device;
  if (id === undefined && addr === undefined && properties === undefined) return device;
  const placed = typeof addr === "string" || typeof addr === "number";
  return {
    driver,
    ...(typeof id === "string" && { id }),
    ...(placed && { addr }),
    ...(typeof properties === "object" && properties !== null && { properties }),
  };
}
