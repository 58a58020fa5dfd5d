import type { DomainXml } from "../../codec/formats/libvirt/domain-xml.ts";
import type { Finding, FindingRule, Level, StreamSummary } from "../../codec/index.ts";
import { mainMemory } from "./main-memory.ts";

const KIB = 1024n;
/** What libvirt rounds the memory of each node up to, for QEMU's sake (qemuDomainGetMemorySizeAlignment). */
const STEP = 1n << 20n;
const STEP_ON_POWER = 256n << 20n;

/** What the XML of an image says of its guest, against what its stream says. Both know a part of it. */
export function crossChecks(domain: DomainXml, stream: StreamSummary, offset: number): Finding[] {
  const find = (rule: FindingRule, level: Level, subject: string, args: Finding["args"]): Finding => ({
    rule,
    level,
    subject,
    offset,
    args,
  });
  return [
    ...machineAgrees(domain, stream, find),
    ...memoryAgrees(domain, stream, find),
    ...uuidAgrees(domain, stream, find),
    ...cpusAgree(domain, stream, find),
  ];
}

type Find = (rule: FindingRule, level: Level, subject: string, args: Finding["args"]) => Finding;

/** Names that stand for the newest version of a machine type, and what the name of the type behind them begins with. */
const ALIASES: Readonly<Record<string, string>> = {
  pc: "pc-i440fx-",
  q35: "pc-q35-",
};

/** Up to QEMU 1.7 a version of the PC is the name and the number. */
const OLD_PC = /^pc-\d/;

/**
 * Where the XML names a family, what it starts depends on the QEMU there is. libvirt writes the type that the family stood
 * for when the guest was defined, so that a family in an image was put there.
 */
function machineAgrees({ machine: expected }: DomainXml, { machine: found }: StreamSummary, find: Find) {
  if (expected === null || found === null || expected === found) return [];
  const isFamily =
    found.startsWith(ALIASES[expected] ?? `${expected}-`) || (expected === "pc" && OLD_PC.test(found));
  const args = { expected, found, family: isFamily ? 1 : 0 };
  return [find("SAVE_MACHINE_AGREES", isFamily ? "warning" : "error", "domain.os.type.machine", args)];
}

function memoryAgrees({ memoryKiB, arch, memoryDevices }: DomainXml, { ram }: StreamSummary, find: Find) {
  const memory = ram && mainMemory(ram.blocks);
  if (memoryKiB === null || memory === null) return [];
  const expected = BigInt(memoryKiB) * KIB;
  const step = arch?.startsWith("ppc64") ? STEP_ON_POWER : STEP;
  const rounded = memory.bytes - expected;
  if (rounded >= 0n && rounded < step * BigInt(memory.blocks)) return [];
  // What a memory device has plugged is not what its size says.
  const level = memoryDevices.length > 0 ? "warning" : "error";
  const args = { expected: String(expected), found: String(memory.bytes) };
  return [find("SAVE_MEMORY_AGREES", level, "domain.memory", args)];
}

function uuidAgrees({ uuid: expected }: DomainXml, { configuration }: StreamSummary, find: Find) {
  const found = configuration.uuid;
  if (expected === null || found === null || plainUuid(expected) === plainUuid(found)) return [];
  return [find("SAVE_UUID_AGREES", "error", "domain.uuid", { expected, found })];
}

/** libvirt takes a UUID with or without dashes, in either case. */
function plainUuid(uuid: string): string {
  return uuid.replaceAll("-", "").toLowerCase();
}

/** Every CPU of every target has a section `cpu_common`; those of a cut stream may be missing. */
function cpusAgree({ vcpus, currentVcpus }: DomainXml, { sections, end }: StreamSummary, find: Find) {
  const expected = currentVcpus ?? vcpus;
  if (expected === null || end.reason !== "eof") return [];
  const found = new Set(sections.flatMap(({ idstr, instance }) => (idstr === "cpu_common" ? [instance] : [])))
    .size;
  if (found === 0 || found === expected) return [];
  return [find("SAVE_CPUS_AGREE", "warning", "domain.vcpu", { expected, found })];
}
