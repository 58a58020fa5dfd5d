import { type DomainXml, readDomainXml } from "../../codec/formats/libvirt/domain-xml.ts";
import type { SaveImage } from "../../codec/index.ts";
import { decodeText } from "../../codec/layout/index.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";

/** Something that an XML says of a guest, and another one says differently. */
interface Difference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What libvirt compares between the XML in an image and a new one (its ABI check), as far as it is certain from the texts. */
const FIXED: readonly (readonly [what: string, of: (domain: DomainXml) => string | null])[] = [
  ["name", ({ name }) => name],
  ["UUID", ({ uuid }) => plainUuid(uuid)],
  ["virtualisation type", ({ virtType }) => virtType],
  ["architecture", ({ arch }) => arch],
  ["machine type", ({ machine }) => machine],
  ["memory", ({ memoryKiB }) => (memoryKiB === null ? null : `${memoryKiB} KiB`)],
];

/** Refuses, unless forced, the XML of another guest than the one whose state is in the image. */
export function mustBeSameGuest(
  { xml: text }: SaveImage,
  { name, xml }: { readonly name: string; readonly xml: Uint8Array },
  force: boolean,
  warn: (text: string) => void,
): void {
  const refuse = (why: string, risk: string) => {
    if (!force) throw new UsageError(`${why}; ${risk}. --force writes it all the same`);
    warn(`${why}; ${risk}`);
  };
  const before = text?.text ? readDomainXml(text.text) : null;
  if (!before || before.problem || before.root !== "domain") {
    const why = before?.problem
      ? `line ${before.problem.line}: ${printable(before.problem.message)}`
      : "no <domain>";
    refuse(
      `the XML in the image cannot be read (${why})`,
      "so nobody knows whether the new one is of the same guest",
    );
    return;
  }
  const after = readDomainXml(decodeText(xml));
  const told = ({ what, before: was, after: is }: Difference) =>
    `${what} ${printable(was)} in the image, ${printable(is)} in ${name === "-" ? "stdin" : printable(name)}`;
  const differences = differencesOf(before, after);
  if (differences.length > 0)
    refuse(
      `this is not the XML of the guest in the image: ${differences.map(told).join("; ")}`,
      "libvirt or QEMU would refuse to restore it",
    );
  for (const difference of deviceCounts(before, after))
    warn(`${told(difference)}: QEMU refuses a stream with the state of a device that it does not have`);
}

/** Where a new XML is of another guest than the one whose state is in the image. */
function differencesOf(before: DomainXml, after: DomainXml): readonly Difference[] {
  return FIXED.flatMap(([what, of]) => {
    const [was, is] = [of(before), of(after)];
    return was === is ? [] : [{ what, before: was ?? "none", after: is ?? "none" }];
  });
}

/** Devices whose number changes: QEMU needs one for each state in the stream, but libvirt adds some by itself. */
function deviceCounts(before: DomainXml, after: DomainXml): readonly Difference[] {
  const [was, is] = [countsOf(before), countsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((kind) => {
    const [b, a] = [was.get(kind) ?? 0, is.get(kind) ?? 0];
    return b === a ? [] : [{ what: `<${kind}> devices`, before: String(b), after: String(a) }];
  });
}

function countsOf({ devices }: DomainXml): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of devices) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** libvirt takes a UUID with or without dashes, in either case. */
function plainUuid(uuid: string | null): string | null {
  return uuid === null ? null : uuid.replaceAll(/[-\s]/g, "").toLowerCase();
}
