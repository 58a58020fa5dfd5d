import { valueAt } from "../../../facts/fact.ts";
import { DISPLAY_DEVICES, NETWORK_DEVICES } from "../../../facts/qemu/devices/cards.ts";
import { STORAGE_DEVICES, USB_AND_SOUND_DEVICES } from "../../../facts/qemu/devices/controllers.ts";
import { BRIDGES_AND_OTHERS, DEVICES_BESIDE_PCI, LATER_DEVICES } from "../../../facts/qemu/devices/others.ts";
import type { StreamedDevice } from "../../../facts/qemu/devices/streamed-device.ts";
import { VIRTIO_DEVICES } from "../../../facts/qemu/devices/virtio.ts";

/** All facts of what devices send. */
export const DEVICE_FACTS = [
  VIRTIO_DEVICES,
  NETWORK_DEVICES,
  DISPLAY_DEVICES,
  STORAGE_DEVICES,
  USB_AND_SOUND_DEVICES,
  BRIDGES_AND_OTHERS,
  LATER_DEVICES,
  DEVICES_BESIDE_PCI,
] as const;

const tables = new Map<string, ReadonlyMap<string, StreamedDevice>>();

/** What the devices of a release send, by driver. */
export function deviceTable(version: string): ReadonlyMap<string, StreamedDevice> {
  const made = tables.get(version);
  if (made) return made;
  const table = new Map(
    DEVICE_FACTS.flatMap((chapters) => Object.entries(valueAt(chapters, version, "later") ?? {})),
  );
  tables.set(version, table);
  return table;
}
