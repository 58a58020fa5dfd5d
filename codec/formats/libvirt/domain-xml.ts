import {
  createDeviceFacts,
  type DomainDevice,
  type DomainMemoryDevice,
  deviceOf,
  memoryDeviceOf,
} from "./domain-device.ts";
import { kibibytes } from "./domain-memory.ts";
import { createXmlFacts, within, type XmlFacts } from "./xml-facts.ts";
import { walkXml, type XmlProblem } from "./xml-walk.ts";

export type { DomainDevice, DomainMemoryDevice } from "./domain-device.ts";
export { readSaveCookie, type SaveCookie } from "./save-cookie.ts";
export type { XmlProblem } from "./xml-walk.ts";

/** What a domain XML says of a guest, up to where it stops being XML. `null` is what it does not say. */
export interface DomainXml {
  readonly problem: XmlProblem | null;
  /** Name of the outermost element; all else is `null` where that is not `domain`. */
  readonly root: string | null;
  readonly name: string | null;
  readonly uuid: string | null;
  readonly title: string | null;
  /** `kvm`, `qemu`, … */
  readonly virtType: string | null;
  /** What the guest is: `hvm`. */
  readonly osType: string | null;
  readonly arch: string | null;
  readonly machine: string | null;
  readonly emulator: string | null;
  /** The default namespace of the document; libvirt finds nothing in one. */
  readonly namespace: string | null;
  /** `<memory>` as it is written. */
  readonly memory: string | null;
  /** Memory may also be given node by node. */
  readonly hasNodes: boolean;
  /** All of the guest's memory, what is plugged in as devices included. */
  readonly memoryKiB: number | null;
  /** What the balloon leaves of it. */
  readonly currentMemoryKiB: number | null;
  /** What it may grow to by plugging in more. */
  readonly maxMemoryKiB: number | null;
  /** `on` or `off`: whether guest memory is part of QEMU's core dumps. */
  readonly dumpCore: string | null;
  readonly vcpus: number | null;
  readonly currentVcpus: number | null;
  readonly cpu: DomainCpu | null;
  readonly devices: readonly DomainDevice[];
  /** Devices beyond those that are listed. */
  readonly devicesOmitted: number;
  readonly memoryDevices: readonly DomainMemoryDevice[];
}

export interface DomainCpu {
  /** `custom`, `host-model`, `host-passthrough`, `maximum`. */
  readonly mode: string | null;
  readonly model: string | null;
}

/** Devices that are listed. */
const MOST_DEVICES = 1000;
/** Elements from the root down to a device: `domain/devices/disk`. */
const DEVICE_DEPTH = 3;
const GUEST = ["", "name", "uuid", "title", "memory", "currentMemory", "maxMemory", "vcpu", "os/type", "cpu"];
const PATHS = [...GUEST, "cpu/model", "cpu/numa", "devices/emulator"];

/** Reads a libvirt domain XML. Never throws; entities that the document declares are not expanded, but a problem. */
export function readDomainXml(text: string): DomainXml {
  const guest = createXmlFacts(PATHS);
  const devices: DomainDevice[] = [];
  const memoryDevices: DomainMemoryDevice[] = [];
  let devicesOmitted = 0;
  let root: string | null = null;
  let device = createDeviceFacts();
  const problem = walkXml(text, {
    open(path, attributes) {
      root ??= path[0] ?? null;
      if (root !== "domain") return;
      guest.open(within(path, 1), attributes);
      if (!isDevice(path)) return;
      if (path.length === DEVICE_DEPTH) device = createDeviceFacts();
      device.open(within(path, DEVICE_DEPTH), attributes);
    },
    close(path, own) {
      if (root !== "domain") return;
      guest.close(within(path, 1), own);
      if (!isDevice(path)) return;
      device.close(within(path, DEVICE_DEPTH), own);
      if (path.length > DEVICE_DEPTH) return;
      if (devices.length === MOST_DEVICES) {
        devicesOmitted++;
        return;
      }
      const [, , kind = ""] = path;
      devices.push(deviceOf(kind, device));
      if (kind === "memory") memoryDevices.push(memoryDeviceOf(device));
    },
  });
  return { problem, root, ...guestOf(guest), devices, devicesOmitted, memoryDevices };
}

function isDevice(path: readonly string[]): boolean {
  return path.length >= DEVICE_DEPTH && path[1] === "devices" && path[2] !== "emulator";
}

function guestOf(guest: XmlFacts) {
  const mode = guest.attribute("cpu", "mode");
  const model = guest.text("cpu/model");
  return {
    name: guest.text("name"),
    uuid: guest.text("uuid"),
    title: guest.text("title"),
    virtType: guest.attribute("", "type"),
    osType: guest.text("os/type"),
    arch: guest.attribute("os/type", "arch"),
    machine: guest.attribute("os/type", "machine"),
    emulator: guest.text("devices/emulator"),
    namespace: guest.attribute("", "xmlns"),
    memory: guest.text("memory"),
    hasNodes: guest.text("cpu/numa") !== null,
    memoryKiB: memoryOf(guest, "memory"),
    currentMemoryKiB: memoryOf(guest, "currentMemory"),
    maxMemoryKiB: memoryOf(guest, "maxMemory"),
    dumpCore: guest.attribute("memory", "dumpCore"),
    vcpus: countOf(guest.text("vcpu")),
    currentVcpus: countOf(guest.attribute("vcpu", "current")),
    cpu: guest.text("cpu") === null ? null : { mode, model },
  };
}

function memoryOf(guest: XmlFacts, at: string): number | null {
  const amount = guest.text(at);
  return amount === null ? null : kibibytes(amount, guest.attribute(at, "unit") ?? undefined);
}

function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
