import type { DomainXml } from "./domain-xml.ts";

/** Why libvirt does not take a domain, and what it says. */
export interface DomainRefusal {
  readonly expected: string;
  readonly found: string;
  readonly error: string;
}

/** libvirt's virArchData, up to 12.8. */
const ARCHITECTURES: ReadonlySet<string> = new Set(
  (
    "aarch64 alpha armv6l armv7b armv7l cris i686 ia64 lm32 loongarch64 m68k microblaze microblazeel mips mips64 " +
    "mips64el mipsel openrisc parisc parisc64 ppc ppc64 ppc64le ppcemb ppcle riscv32 riscv64 s390 s390x sh4 sh4eb " +
    "sparc sparc64 unicore32 x86_64 xtensa xtensaeb"
  ).split(" "),
);

/** libvirt's virDomainVirt, up to 12.8, with what BSDs add. */
const VIRT_TYPES: ReadonlySet<string> = new Set(
  "bhyve hvf hyperv kqemu kvm lxc nvmm openvz parallels phyp qemu test uml vbox vmware vz xen".split(" "),
);

/** What no release of libvirt takes in the XML of a domain: seen alike in 7.0.0, 9.0.0, 11.3.0 and 12.8.0. */
export function refusalsOf(domain: DomainXml): readonly DomainRefusal[] {
  const { namespace, name, uuid, virtType, osType, arch, memory, hasNodes } = domain;
  const refusals: DomainRefusal[] = [];
  const refuse = (expected: string, found: string | null, error: string) =>
    refusals.push({ expected, found: found || "nothing", error });
  const unnamed = "missing name information";
  if (namespace) {
    refuse("elements in no namespace", `them in ${namespace}`, unnamed);
    return refusals;
  }
  if (!name) refuse("the guest's <name>", name, unnamed);
  else if (name.includes("/")) refuse("a name without a slash", name, `name ${name} cannot contain '/'`);
  if (uuid && !/^[\da-f]{32}$/i.test(uuid.replace(/[\s-]/g, "")))
    refuse("a UUID of 32 hexadecimal digits", uuid, "malformed uuid element");
  if (!virtType) refuse("the type of <domain>", virtType, "missing domain type attribute");
  else if (!VIRT_TYPES.has(virtType))
    refuse("a type of <domain> that is known", virtType, `invalid domain type ${virtType}`);
  if (!osType) refuse("the <type> of <os>", osType, "an os <type> must be specified");
  if (arch && !ARCHITECTURES.has(arch))
    refuse("an architecture that is known", arch, `Unknown architecture ${arch}`);
  if (!memory && !hasNodes)
    refuse("the guest's <memory>", memory, "Memory size must be specified via <memory>");
  else if (memory && !/^[+-]?\d/.test(memory))
    refuse("a number in <memory>", memory, `Invalid value '${memory}' for element or attribute`);
  return refusals;
}
