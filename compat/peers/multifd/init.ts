import { MULTIFD_MAGIC, MULTIFD_VERSION } from "../../../codec/formats/multifd/multifd.ts";
import { type Steps, uuidText } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { MULTIFD_ID_AT_COUNT, MULTIFD_ID_LIMIT } from "../../facts/qemu/multifd/multifd.ts";
import { MULTIFD_END_OF_FILE } from "../../facts/qemu/multifd/multifd-errors.ts";
import {
  MULTIFD_DUPLICATE_ID,
  MULTIFD_INIT_ID,
  MULTIFD_INIT_MAGIC,
  MULTIFD_INIT_PREFIX,
  MULTIFD_INIT_UUID,
  MULTIFD_INIT_VERSION,
} from "../../facts/qemu/multifd/multifd-init-errors.ts";
import { bytes, type QemuFile } from "../qemu-file.ts";
import type { Channels } from "./channels.ts";
import type { MultifdSettings } from "./settings.ts";
import { told } from "./text.ts";

/** What became of a connection that opens a multifd channel. */
export type Opened =
  | { readonly how: "opened"; readonly id: number }
  /** `error` is what the other channels are shut down for, `text` what is told of it. */
  | {
      readonly how: "refused";
      readonly error: string;
      readonly text: string;
      readonly path: string;
      readonly offset: number;
    }
  | { readonly how: "crashed"; readonly signal: number; readonly path: string; readonly offset: number }
  | { readonly how: "unknown"; readonly why: string };

interface Complaint {
  readonly text: string;
  readonly path: string;
  readonly offset: number;
}

const ID = { path: "MultifdInit.id", offset: 24 };
const SEGMENTATION_FAULT = 11;

/** Reads the packet that opens a channel, and judges it. Blocks the main loop meanwhile. */
export function* openChannel(
  file: QemuFile,
  channels: Channels,
  context: { race(name: string): boolean },
): Steps<Opened> {
  const { settings, ids, count } = channels;
  const { version } = settings;
  const packet = yield* bytes(file, settings.init, "MultifdInit");
  const complaint =
    packet.length < settings.init
      ? { text: told(MULTIFD_END_OF_FILE, version), path: "MultifdInit", offset: 0 }
      : complain(packet, settings);
  if (complaint) {
    const { text: error, path, offset } = complaint;
    return { how: "refused", error, text: told(MULTIFD_INIT_PREFIX, version, count) + error, path, offset };
  }
  const id = packet[ID.offset] ?? 0;
  if (id === settings.channels) {
    const behind = valueAt(MULTIFD_ID_AT_COUNT, version, "later");
    if (behind && crashesAt(behind, id, context.race("id-at-count")))
      return { how: "crashed", signal: SEGMENTATION_FAULT, ...ID };
    if (behind === undefined)
      return { how: "unknown", why: `what is behind ${id} multifd channels in memory` };
  }
  if (id === settings.channels || ids.has(id)) {
    const error = told(MULTIFD_DUPLICATE_ID, version, id);
    return { how: "refused", error, text: error, ...ID };
  }
  return { how: "opened", id };
}

function complain(packet: Uint8Array, settings: MultifdSettings): Complaint | undefined {
  const { version, channels, uuid } = settings;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const magic = view.getUint32(0);
  if (magic !== MULTIFD_MAGIC)
    return {
      text: told(MULTIFD_INIT_MAGIC, version, magic, MULTIFD_MAGIC),
      path: "MultifdInit.magic",
      offset: 0,
    };
  const wire = view.getUint32(4);
  if (wire !== MULTIFD_VERSION)
    return {
      text: told(MULTIFD_INIT_VERSION, version, wire, MULTIFD_VERSION),
      path: "MultifdInit.version",
      offset: 4,
    };
  const id = view.getUint8(ID.offset);
  const received = packet.subarray(8, 24);
  if (uuid.some((byte, i) => byte !== received[i])) {
    const text = told(MULTIFD_INIT_UUID, version, uuidText(received), uuidText(uuid), id);
    return { text, path: "MultifdInit.uuid", offset: 8 };
  }
  const tooHigh =
    valueAt(MULTIFD_ID_LIMIT, version, "later") === "from-count" ? id >= channels : id > channels;
  if (!tooHigh) return undefined;
  const text = namesVersion(version)
    ? told(MULTIFD_INIT_ID, version, wire, MULTIFD_VERSION)
    : told(MULTIFD_INIT_ID, version, id, channels);
  return { text, ...ID };
}

/** Whether the memory behind the table of channels kills the process. */
function crashesAt(
  { mostly, except }: { readonly mostly: "taken" | "crash"; readonly except: readonly number[] },
  count: number,
  usual: boolean,
): boolean {
  return ((mostly === "crash") !== except.includes(count)) === usual;
}

/** Whether the text on a wrong id speaks of the packet's version. */
function namesVersion(version: string): boolean {
  return valueAt(MULTIFD_INIT_ID, version, "later")?.template.includes("version") === true;
}
