import { walkXml, type XmlAttributes } from "../../codec/formats/libvirt/xml-walk.ts";
import type { ScenarioDevice } from "../check/scenario.ts";
import { driverOf } from "./device-drivers.ts";

/** More devices than a guest can have. */
const MOST = 1000;
/** `domain/devices/disk`. */
const DEPTH = 3;

interface Open {
  readonly kind: string;
  /** First element of each name within the device's, and itself under the empty name. */
  readonly parts: Map<string, XmlAttributes>;
}

/** The devices of a domain on a PCI bus as QEMU would be given them, and how many of these are not known. */
export function pciDevices(text: string): { devices: readonly ScenarioDevice[]; omitted: number } {
  const devices: ScenarioDevice[] = [];
  let omitted = 0;
  let open: Open | undefined;
  walkXml(text, {
    open(path, attributes) {
      if (path[0] !== "domain" || path[1] !== "devices") return;
      if (path.length === DEPTH) open = { kind: path[2] ?? "", parts: new Map([["", attributes]]) };
      const part = path[DEPTH];
      if (path.length === DEPTH + 1 && part !== undefined && open && !open.parts.has(part))
        open.parts.set(part, attributes);
    },
    close(path) {
      if (path.length !== DEPTH || path[1] !== "devices" || !open) return;
      const address = open.parts.get("address");
      const addr = address?.type === "pci" ? slotOf(address) : undefined;
      const driver = driverOf(open.kind, (part, attribute) => open?.parts.get(part)?.[attribute]);
      if (addr !== undefined && address && driver === undefined) omitted++;
      if (addr !== undefined && address && driver && devices.length < MOST)
        devices.push({ driver, addr, ...idOf(open), ...busOf(address) });
      open = undefined;
    },
  });
  return { devices, omitted };
}

function slotOf({ slot = "", function: behind = "0x0" }: XmlAttributes): number | string | undefined {
  const [number, part] = [hex(slot), hex(behind)];
  if (number === undefined || part === undefined) return undefined;
  return part === 0 ? number : `${number.toString(16)}.${part}`;
}

function hex(text: string): number | undefined {
  return /^(0x[\da-f]{1,4}|\d{1,4})$/i.test(text) ? Number(text) : undefined;
}

function idOf({ parts }: Open): { id: string } | undefined {
  const id = parts.get("alias")?.name;
  return id === undefined ? undefined : { id };
}

/** Devices behind a bridge or a root port stand on a bus of their own. */
function busOf({ bus = "0x0" }: XmlAttributes): { properties: { bus: string } } | undefined {
  const number = hex(bus);
  return number === undefined || number === 0 ? undefined : { properties: { bus: `pci.${number}` } };
}
