import { libvirtReading, readHeader } from "../../../codec/formats/libvirt/save-byte-order.ts";
import {
  SAVE_HEADER_SIZE,
  SAVE_MAGIC,
  SAVE_MAGIC_PARTIAL,
} from "../../../codec/formats/libvirt/save-header.ts";
import { decodeText, type Endian } from "../../../codec/layout/index.ts";
import { type Failure, refuse, signed } from "./failure.ts";
import type { SaveImageFacts } from "./image-facts.ts";
import type { LibvirtRules } from "./rules.ts";

/** An image as far as a release has read it before it looks into its texts. */
export interface OpenedImage {
  readonly version: number;
  readonly wasRunning: number;
  readonly format: number;
  readonly payloadOffset: number;
  /** The bytes up to their NUL; null where they reach beyond what is kept of the file. */
  readonly xml: string | null;
  /** Undefined where there is no cookie. */
  readonly cookie: string | null | undefined;
}

/** Reads the header and the texts behind it as a release does, in its order of checks. */
export function openImage(
  { head, size }: SaveImageFacts,
  rules: LibvirtRules,
  host: Endian,
): OpenedImage | Failure {
  if (size < SAVE_HEADER_SIZE || head.length < SAVE_HEADER_SIZE)
    return refuse("header-read", "failed to read qemu header");
  const magic = decodeText(head.subarray(0, SAVE_MAGIC.length));
  if (magic === SAVE_MAGIC_PARTIAL && rules.partialMagic)
    return refuse("partial-magic", "save image is incomplete");
  if (magic !== SAVE_MAGIC) return refuse("magic", "image magic is incorrect");
  const reading = libvirtReading(head, host, rules.numbers);
  if (!reading.accepted || Number(signed(reading.version)) > rules.versionRead)
    return refuse(
      "version",
      `image version is not supported (${signed(reading.version)} > ${rules.versionRead})`,
    );
  const header = readHeader(head, reading.endian);
  const { version, wasRunning, format, dataLength } = header;
  if (
    rules.formatCheck === "early" &&
    format !== 0 &&
    !rules.programs.some(({ number }) => number === format)
  )
    return refuse("format", `unsupported save image format: ${signed(format)}`);
  const isNegative = rules.numbers === "signed" && dataLength > 0x7fff_ffff;
  if (rules.lengthCheck && (dataLength === 0 || isNegative))
    return refuse("length", rules.lengthCheck.replace("%d", signed(dataLength)));
  const cookieOffset = rules.cookie ? header.cookieOffset : 0;
  if (cookieOffset > dataLength && rules.cookieBeyond === "refused")
    return refuse("cookie-offset", "invalid save image header: cookie offset exceeds data length");
  const left = size - SAVE_HEADER_SIZE;
  const xmlLength = cookieOffset === 0 ? dataLength : cookieOffset;
  if (xmlLength > left) return refuse("xml-read", rules.xmlReadError);
  if (cookieOffset > dataLength) return beyond(rules);
  if (dataLength > left) return refuse("cookie-read", "failed to read cookie");
  const end = SAVE_HEADER_SIZE + dataLength;
  const xmlEnd = SAVE_HEADER_SIZE + xmlLength;
  return {
    version,
    wasRunning,
    format,
    payloadOffset: end,
    xml: textIn(head, SAVE_HEADER_SIZE, xmlEnd),
    cookie: xmlEnd < end ? textIn(head, xmlEnd, end) : undefined,
  };
}

/** What `virsh` says when the daemon at the other end is gone. */
const DAEMON_GONE = "End of file while reading data: Input/output error";

function beyond({ cookieBeyond }: LibvirtRules): Failure {
  return cookieBeyond === "abort"
    ? { stage: "cookie-offset", outcome: "daemon-aborts", error: DAEMON_GONE }
    : { stage: "cookie-offset", outcome: "fails", error: "out of memory" };
}

/** A C string; one without a NUL is taken to end with its region, as it did wherever it was tried. */
function textIn(head: Uint8Array, start: number, end: number): string | null {
  const region = head.subarray(start, end);
  const nul = region.indexOf(0);
  if (nul < 0 && region.length < end - start) return null;
  return decodeText(nul < 0 ? region : region.subarray(0, nul));
}
