import { kibibytes } from "./domain-memory.ts";
import { createXmlFacts, type XmlFacts } from "./xml-facts.ts";

/** A device of a domain, by what an operator knows it by. What the XML does not say is not there. */
export interface DomainDevice {
  /** Name of its element: `disk`, `interface`, `controller`, … */
  readonly kind: string;
  readonly type?: string;
  /** What a disk shows itself as: `disk`, `cdrom`, `floppy`, `lun`. */
  readonly device?: string;
  readonly model?: string;
  /** Number of a controller among those of its type. */
  readonly index?: string;
  readonly bus?: string;
  /** What the guest or the host sees it as: `vda`, `vnet0`, `isa-serial`, … */
  readonly target?: string;
  /** What is behind it on the host: a file, a block device, a network, … */
  readonly source?: string;
  readonly mac?: string;
  /** Name that QEMU is given for it, where the XML tells. */
  readonly alias?: string;
}

/** Memory plugged in as a device. Its size is part of the domain's `<memory>`. */
export interface DomainMemoryDevice {
  readonly model: string | null;
  readonly sizeKiB: number | null;
  readonly alias: string | null;
}

const SOURCES = ["file", "dev", "path", "network", "bridge", "dir", "volume", "name"];
const TARGETS = ["dev", "dir", "name", "type"];
/** Paths within a device's element; the empty one is that element itself. */
const PARTS = ["", "alias", "mac", "model", "source", "target", "target/model", "target/size"];

export function createDeviceFacts(): XmlFacts {
  return createXmlFacts(PARTS);
}

/** A device from what its element says. */
export function deviceOf(kind: string, facts: XmlFacts): DomainDevice {
  const told = {
    type: facts.attribute("", "type"),
    device: facts.attribute("", "device"),
    model:
      facts.attribute("", "model") ??
      facts.first("model", ["type", "name"]) ??
      facts.attribute("target/model", "name"),
    index: facts.attribute("", "index"),
    bus: facts.attribute("target", "bus") ?? facts.attribute("", "bus"),
    target: facts.first("target", TARGETS),
    source: facts.first("source", SOURCES),
    mac: facts.attribute("mac", "address"),
    alias: facts.attribute("alias", "name"),
  };
  return { kind, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)) };
}

export function memoryDeviceOf(facts: XmlFacts): DomainMemoryDevice {
  const size = facts.text("target/size");
  const unit = facts.attribute("target/size", "unit") ?? undefined;
  return {
    model: facts.attribute("", "model"),
    sizeKiB: size === null ? null : kibibytes(size, unit),
    alias: facts.attribute("alias", "name"),
  };
}
