import { uuidBytes } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  MULTIFD_ALLOC_LIMIT,
  MULTIFD_CAPABILITY,
  MULTIFD_GENERATION,
  MULTIFD_PACKET_PAGES,
} from "../../facts/qemu/multifd/multifd.ts";
import { MULTIFD_METHOD_MASK } from "../../facts/qemu/multifd/multifd-payload.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable, type QemuPeer } from "../peer.ts";

/** What migrate-set-parameters takes. */
const MOST_CHANNELS = 255;
const MOST_PAGES = 10_000;

/** What a destination expects on its multifd channels. */
export interface MultifdSettings {
  readonly version: string;
  readonly channels: number;
  readonly uuid: Uint8Array;
  /** Bytes of the packet that opens a channel. */
  readonly init: number;
  /** Bytes of a packet before its offsets. */
  readonly head: number;
  /** Offsets in every packet. */
  readonly pages: number;
  /** Room a packet may claim, in pages. */
  readonly mostPages: number;
  readonly method: CompressionMethod;
  /** Bits that name the method; null where there are no methods. */
  readonly methodMask: number | null;
}

const METHODS = { none: 0, zlib: 0x02, zstd: 0x04, qpl: 0x08, uadk: 0x10, qatzip: 0x20 } as const;

export type CompressionMethod = keyof typeof METHODS;

/** The flag a packet of this method has. */
export function methodFlag(method: CompressionMethod): number {
  return METHODS[method];
}

/** The settings of a destination that has multifd on; undefined where it is off, or not known. */
export function multifdSettings(peer: QemuPeer): MultifdSettings | undefined {
  const { version } = peer;
  const capability = valueAt(MULTIFD_CAPABILITY, version, "later");
  const generation = valueAt(MULTIFD_GENERATION, version, "later");
  if (capability === undefined || generation === undefined || !capable(peer, capability)) return undefined;
  const packetPages = valueAt(MULTIFD_PACKET_PAGES, version, "later");
  const pages =
    typeof packetPages === "number"
      ? packetPages / PAGE_SIZE
      : parameter(peer, packetPages ?? "x-multifd-page-count", 16, MOST_PAGES);
  const method = peer.parameters?.["multifd-compression"];
  return {
    version,
    ...generation,
    channels: parameter(peer, `${capability}-channels`, 2, MOST_CHANNELS),
    uuid: uuidOf(peer),
    pages,
    mostPages: pages * (valueAt(MULTIFD_ALLOC_LIMIT, version, "later") ?? 1),
    method:
      typeof method === "string" && Object.hasOwn(METHODS, method) ? (method as CompressionMethod) : "none",
    methodMask: valueAt(MULTIFD_METHOD_MASK, version, "later") ?? null,
  };
}

/** A parameter, if QEMU would take it. */
function parameter({ parameters }: QemuPeer, name: string, otherwise: number, most: number): number {
  const value = parameters?.[name];
  const taken = typeof value === "number" && Number.isInteger(value) && value > 0 && value <= most;
  return taken ? value : otherwise;
}

function uuidOf({ uuid }: QemuPeer): Uint8Array {
  const known = uuid !== undefined && /^[0-9a-f]{32}$/i.test(uuid.replaceAll("-", ""));
  return known ? uuidBytes(uuid) : new Uint8Array(16);
}
