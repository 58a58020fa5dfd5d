import { disagreements } from "./disagreements.ts";
import { partFromReplies } from "./inventory.ts";
import { partFromXml } from "./libvirt-xml.ts";
import { PeerError } from "./peer-error.ts";
import type { PeerPart, ReadPeer } from "./peer-part.ts";
import { printableName } from "./printable-name.ts";
import { hasReplies } from "./replies.ts";
import { partFromVersion } from "./version.ts";

/** Longer is no description of a peer. */
export const MOST_TEXT = 8 << 20;

/** What a file says of a peer: QMP's answers as JSON, libvirt's domain or domcapabilities XML, or a version in words. */
export function partFromText(text: string, name: string): PeerPart {
  if (text.length > MOST_TEXT)
    throw new PeerError(`${printableName(name)}: longer than a peer's description can be`);
  const trimmed = text.replace(/^\uFEFF/, "").trimStart();
  if (trimmed.startsWith("<")) return partFromXml(text.replace(/^\uFEFF/, ""), name);
  if (/^[{[]/.test(trimmed)) return partFromJson(trimmed, name);
  return { ...versionIn(trimmed, name), name };
}

function versionIn(text: string, name: string): PeerPart {
  try {
    return partFromVersion(text);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    throw new PeerError(`${printableName(name)} tells no peer: ${NO_PEER}`);
  }
}

const NO_PEER =
  "it is neither an inventory (QMP's answers as JSON), nor XML of libvirt, nor a version such as qemu-7.2.22";

/** One peer of all that is told of it; what comes later counts more. Throws a PeerError where no version is told. */
export function joinParts(parts: readonly PeerPart[]): ReadPeer {
  const told = Object.assign({}, ...parts.map((part) => part.told)) as PeerPart["told"];
  const name = parts.map((part) => part.name).join(",");
  const { qemu } = told;
  const hosts = parts.flatMap((part) => part.hosts ?? []);
  if (qemu === undefined) throw new PeerError(withoutVersion(printableName(name), hosts));
  const arch = parts.findLast((part) => part.arch !== undefined)?.arch;
  return {
    name,
    peer: { ...told, qemu },
    sources: parts.map(({ source }) => source),
    ...(arch === undefined ? {} : { arch }),
    findings: [...parts.flatMap(({ findings }) => findings), ...disagreements({ ...told, qemu }, hosts)],
  };
}

function withoutVersion(name: string, hosts: readonly string[]): string {
  const line = hosts.map((machine) => /-(\d+\.\d+)$/.exec(machine)?.[1]).find((each) => each !== undefined);
  const least = line === undefined ? "" : `, which is ${line} or newer,`;
  return `${name} does not tell the version of QEMU${least}: give it as well, as in qemu-${line ?? "8.2"}.0,${name}`;
}

/** A peer by its version: `qemu-7.2.22`, `8.2.0 (qemu-kvm-8.2.0-11.el9)`. Throws a PeerError for what names none. */
export function peerFromName(name: string): ReadPeer {
  return joinParts([partFromVersion(name)]);
}

/** A peer by what a file says of it. Throws a PeerError for what says nothing of one, or not its version. */
export function peerFromText(text: string, name: string): ReadPeer {
  return joinParts([partFromText(text, name)]);
}

/** A peer by the answers of its monitor, by command. */
export function peerFromReplies(replies: Readonly<Record<string, unknown>>, name: string): ReadPeer {
  return joinParts([partFromReplies(name, replies)]);
}

function partFromJson(text: string, name: string): PeerPart {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    throw new PeerError(`${printableName(name)} is no JSON`);
  }
  if (hasReplies(value)) return partFromReplies(name, value);
  throw new PeerError(
    `${printableName(name)} is no inventory: an object with the answers of query-version, query-migrate-capabilities, query-migrate-parameters and query-machines`,
  );
}
