import { type DomainXml, readDomainXml } from "../../../codec/formats/libvirt/domain-xml.ts";
import { complaint } from "./complaint.ts";
import { type Failure, failsSomehow, type Stage } from "./failure.ts";
import { withoutOwnEntities } from "./own-entities.ts";
import type { LibvirtRules } from "./rules.ts";

/** The domain types that libvirt has names for. */
const DOMAIN_TYPES =
  "none qemu kqemu kvm xen lxc uml openvz test vmware hyperv vbox phyp parallels bhyve vz hvf".split(" ");

/** The architectures that it has names for. */
const ARCHITECTURES =
  "alpha armv6l armv7l armv7b aarch64 cris i686 ia64 lm32 loongarch64 m68k microblaze microblazeel mips mipsel mips64 mips64el openrisc parisc parisc64 ppc ppcle ppc64 ppc64le ppcemb riscv32 riscv64 s390 s390x sh4 sh4eb sparc sparc64 unicore32 x86_64 xtensa xtensaeb".split(
    " ",
  );

/** Reads the domain in an image as a release does. What it says of devices is not judged. */
export function parseDomain(document: string, rules: LibvirtRules): DomainXml | Failure {
  const text = document.includes("<!DOCTYPE") ? withoutOwnEntities(document) : document;
  const domain = readDomainXml(text);
  if (domain.problem) return notXml("xml", text, "(domain_definition)", rules);
  if (domain.root !== "domain") return wrongRoot("xml", domain.root ?? "", "domain", rules);
  // Elements in a namespace are not those that libvirt looks for; that of an attribute's prefix is no matter.
  const named = /<domain\s[^>]*\bxmlns\s*=/.test(text)
    ? { ...domain, name: null }
    : withRawName(domain, text);
  return checkDomain(named, text) ?? named;
}

/** libvirt keeps the space around a name. */
function withRawName(domain: DomainXml, text: string): DomainXml {
  const raw = /<name(?:\s[^>]*)?>([^<&]*)</.exec(text)?.[1];
  return raw !== undefined && raw.trim() === domain.name ? { ...domain, name: raw } : domain;
}

/** An error of the XML parser. What a document declares for itself libxml2 may be content with. */
export function notXml(stage: Stage, text: string, document: string, rules: LibvirtRules): Failure {
  if (text.includes("<!DOCTYPE")) return { stage, outcome: "unknown" };
  const error = complaint(text, document, rules);
  return error === undefined ? failsSomehow(stage) : { stage, outcome: "fails", error };
}

/** The outermost element is another than expected. */
export function wrongRoot(stage: Stage, found: string, expected: string, rules: LibvirtRules): Failure {
  if (rules.rootError === undefined) return failsSomehow(stage);
  if (rules.rootError === "common")
    return xmlError(stage, `expecting root element of '${expected}', not '${found}'`);
  return expected === "domain"
    ? xmlError(stage, `unexpected root element <${found}>, expecting <domain>`)
    : xmlError(stage, `XML does not contain expected '${expected}' element`);
}

/** What no guest can be without, in libvirt's order. */
function checkDomain(
  { name, uuid, virtType, arch, memoryKiB, vcpus }: DomainXml,
  text: string,
): Failure | undefined {
  const fails = (error: string): Failure => ({ stage: "domain", outcome: "fails", error });
  if (!name) return fails("missing name information");
  if (uuid !== null && !isUuid(uuid)) return fails("internal error: malformed uuid element");
  if (virtType === null) return fails("internal error: missing domain type attribute");
  if (!DOMAIN_TYPES.includes(virtType))
    return fails(`unsupported configuration: invalid domain type ${virtType}`);
  if (!/<os[\s>][\s\S]*?<type[\s>]/.test(text)) return xmlError("domain", "an os <type> must be specified");
  if (arch !== null && !ARCHITECTURES.includes(arch))
    return fails(`unsupported configuration: Unknown architecture ${arch}`);
  if (name.includes("/")) return xmlError("domain", `name ${name} cannot contain '/'`);
  if (memoryKiB === null) return noMemory(text);
  return vcpus === 0 ? fails("internal error: CPU IDs in <numa> exceed the <vcpu> count") : undefined;
}

function noMemory(text: string): Failure {
  const amount = /<memory(?:\s[^>]*)?>([^<]*)</.exec(text)?.[1];
  const missing = "Memory size must be specified via <memory> or in the <numa> configuration";
  if (amount === undefined) return xmlError("domain", missing);
  if (/^\s*\d/.test(amount)) return failsSomehow("domain");
  return xmlError("domain", `Invalid value '${amount}' for element or attribute './memory[1]'`);
}

function isUuid(text: string): boolean {
  return /^[\da-f]{32}$/i.test(text.replaceAll("-", ""));
}

/** As libvirt writes it. */
export function canonicalUuid(text: string): string {
  const digits = text.replaceAll("-", "").toLowerCase();
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join("-");
}

/** A document that is XML, but not what libvirt can use. */
export function xmlError(stage: Stage, error: string): Failure {
  return { stage, outcome: "fails", error: `XML error: ${error}` };
}
