import { readDomainXml } from "../../codec/formats/libvirt/domain-xml.ts";
import { walkXml } from "../../codec/formats/libvirt/xml-walk.ts";
import type { ScenarioPeer } from "../check/scenario.ts";
import { pciDevices } from "./domain-devices.ts";
import { inventoryFinding } from "./finding.ts";
import { PeerError } from "./peer-error.ts";
import type { PeerPart } from "./peer-part.ts";
import { printableName } from "./printable-name.ts";

const KIB_IN_MIB = 1024;

/** What libvirt's XML tells of a peer: of a domain its guest, of `domcapabilities` what the host can run. Neither has a version. */
export function partFromXml(text: string, name: string): PeerPart {
  const root = /^\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--[\s\S]*?-->)*<([\w:-]+)/.exec(text.slice(0, 4096))?.[1];
  if (root === "domain") return partFromDomain(text, name);
  if (root === "domainCapabilities") return partFromCapabilities(text, name);
  throw new PeerError(`${printableName(name)}: XML, but neither a domain nor domainCapabilities of libvirt`);
}

function partFromDomain(text: string, name: string): PeerPart {
  const domain = readDomainXml(text);
  refuseDamage(name, domain.problem);
  const { machine, memoryKiB, uuid, vcpus, currentVcpus, arch } = domain;
  const { devices, omitted } = pciDevices(text);
  const told: Partial<ScenarioPeer> = {
    ...(machine !== null && { machine }),
    ...(memoryKiB !== null && { memoryMiB: memoryKiB / KIB_IN_MIB }),
    ...(vcpus !== null && { cpus: currentVcpus ?? vcpus }),
    ...(uuid !== null && { uuid }),
    ...(devices.length > 0 && { devices }),
  };
  const findings =
    omitted > 0 ? [inventoryFinding("INVENTORY_DEVICES_OMITTED", "note", { count: omitted })] : [];
  return { name, source: "domain", told, ...(arch !== null && { arch }), findings };
}

const WANTED = new Set(["domainCapabilities/machine", "domainCapabilities/arch"]);

function partFromCapabilities(text: string, name: string): PeerPart {
  const texts = new Map<string, string>();
  const problem = walkXml(text, {
    close(path: readonly string[], own: string) {
      const at = path.join("/");
      if (path.length === 2 && WANTED.has(at) && !texts.has(at)) texts.set(at, own.trim());
    },
  });
  refuseDamage(name, problem);
  const machine = texts.get("domainCapabilities/machine");
  const arch = texts.get("domainCapabilities/arch");
  return {
    name,
    source: "domain-capabilities",
    told: {},
    ...(machine && { hosts: [machine] }),
    ...(arch && { arch }),
    findings: [],
  };
}

function refuseDamage(name: string, problem: ReturnType<typeof walkXml>): void {
  if (problem)
    throw new PeerError(
      `${printableName(name)}: line ${problem.line}, column ${problem.column}: ${printableName(problem.message)}`,
    );
}
