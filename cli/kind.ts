import { isSaveBeginning, isSaveImage } from "../codec/formats/recognise.ts";
import { identify } from "../codec/session/identify.ts";
import { headOf, type Input, readMore, tailOf } from "./io.ts";

/** What `--as-format` takes. */
export const FORMATS = [
  "qevm",
  "multifd",
  "return-path",
  "postcopy-preempt",
  "recovery",
  "pcap",
  "libvirt-save",
  "qcow2",
] as const;

export type Format = (typeof FORMATS)[number];

/** A file that holds one channel of a migration, but is no stream that begins with a file header. */
export type ChannelKind = "proposal" | "recovery" | "multifd" | "postcopy-preempt" | "return-path";

/** What an input holds; a `stream` is also what nothing is known of. */
export type Kind = "stream" | "capture" | "save-image" | "qcow2" | ChannelKind;

const KINDS: Readonly<Record<Format, Kind>> = {
  qevm: "stream",
  multifd: "multifd",
  "return-path": "return-path",
  "postcopy-preempt": "postcopy-preempt",
  recovery: "recovery",
  pcap: "capture",
  "libvirt-save": "save-image",
  qcow2: "qcow2",
};

/** pcap with micro- and nanoseconds and the modified one, in both byte orders; pcapng. */
const CAPTURES = [0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0xa1b2cd34, 0x34cdb2a1, 0x0a0d0d0a];

/** `QFI` and 0xfb. */
const QCOW2 = [0x51, 0x46, 0x49, 0xfb];

/** Says what an input is, by its first bytes unless it was said already. */
export function kindOf(input: Input, as?: Format): Kind {
  if (as) return KINDS[as];
  for (;;) {
    const head = headOf(input);
    const kind = kindOfHead(head, false);
    if (kind) return kind;
    if (!readMore(input)) return kindOfHead(head, true) ?? "stream";
  }
}

const SECTION_FOOTER = 0x7e;
const FOOTER_LENGTH = 5;
const EOF = 0;

/** Whether the last bytes are the footer of a section and the end of a stream, as far as they can be seen. */
export function endsClean(input: Input): boolean {
  const tail = tailOf(input, FOOTER_LENGTH + 1);
  return tail?.[0] === SECTION_FOOTER && tail[FOOTER_LENGTH] === EOF;
}

function kindOfHead(head: Uint8Array, whole: boolean): Kind | undefined {
  const image = isSaveImage(head);
  if (image) return "save-image";
  if (QCOW2.every((byte, i) => byte === head[i])) return "qcow2";
  if (head.length >= 4 && CAPTURES.includes(new DataView(head.buffer, head.byteOffset).getUint32(0)))
    return "capture";
  const identity = identify(head, whole, false);
  const unknown = identity === undefined || identity.role === "unknown";
  if (unknown && image === undefined && whole && isSaveBeginning(head)) return "save-image";
  if (unknown && image === undefined && !whole) return undefined;
  if (!identity) return undefined;
  const { role, begins } = identity;
  if (role === "main") return begins === "recovery" || begins === "proposal" ? begins : "stream";
  return role === "tls" || role === "unknown" ? "stream" : role;
}
