import { inferWriterEra, type SaveImage } from "../codec/index.ts";
import type { ImageReading, ImageTexts } from "./image/reading.ts";
import { writerText } from "./image/save-era.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";
import { streamLines, titleOf } from "./render-summary.ts";
import { fold, human, INDENT, plural, squash } from "./text.ts";

/** The header of an image as the documents show it; null for what is no image. */
export function saveImageDocument({
  image,
  cookie,
  payload = null,
  allocated = null,
}: ImageTexts & Partial<Pick<ImageReading, "payload" | "allocated">>) {
  if (!image) return null;
  const { magic, magicBytes, version, endian, dataLength, wasRunning, format, compression, cookieOffset } =
    image;
  return {
    magic,
    magicBytes,
    version,
    endian,
    dataLength,
    wasRunning: wasRunning !== 0,
    format,
    compression,
    cookieOffset,
    xmlBytes: image.xml?.length ?? 0,
    cookieBytes: image.cookie?.length ?? 0,
    paddingBytes: image.padding?.length ?? 0,
    payloadOffset: image.payloadOffset,
    payload: payload && {
      kind: payload.kind,
      bytes: payload.length,
      streamBytes: payload.bytes,
      ...(payload.problem ? { problem: payload.problem } : {}),
    },
    allocatedBytes: allocated,
    writer: inferWriterEra(image, cookie?.children ?? []),
  };
}

/** What the XML of an image says of its guest; null where there is none. */
export function domainDocument({ xml }: ImageTexts) {
  return xml;
}

/** One screen that says what an image is, whose it is, and what its stream holds. */
export function renderImage(reading: ImageReading, paint: Paint): string {
  const { name, size, compression, image, summary } = reading;
  const sizes = compression ? `${size} bytes, ${compression}` : `${size} bytes`;
  const what = image ? "libvirt save image" : "not recognised";
  const lines = [`${titleOf("input", paint)} ${printable(name)} (${sizes}), ${what}`];
  if (image) lines.push(...headLines(reading, image, paint));
  if (summary && summary.version !== null) lines.push(...streamLines(summary, paint));
  return `${lines.join("\n")}\n`;
}

function headLines(reading: ImageReading, image: SaveImage, paint: Paint): string[] {
  const { magic, version, endian, wasRunning, compression, format, cookieOffset, padding } = image;
  const title = (name: string) => titleOf(name, paint);
  const after = wasRunning === 0 ? "paused after a restore" : "runs after a restore";
  const words = [
    `magic ${magic}`,
    `version ${version}`,
    `${endian}-endian`,
    compression ?? `unknown format ${format}`,
    after,
  ];
  const texts = [
    `XML ${plural(image.xml?.length ?? 0, "byte")}`,
    cookieOffset === 0 ? "no cookie" : `cookie ${plural(image.cookie?.length ?? 0, "byte")}`,
    `padding ${plural(padding?.length ?? 0, "byte")}`,
  ];
  return [
    `${title("image")} ${words.join(", ")}`,
    `${title("saved by")} ${printable(writerText(image, reading.cookie?.children ?? []))}`,
    ...domainLines(reading, title),
    `${title("texts")} ${texts.join(", ")}`,
    `${title("payload")} ${payloadText(reading)}`,
  ];
}

function domainLines({ xml }: ImageReading, title: (name: string) => string): string[] {
  if (!xml) return [];
  const { name, uuid, virtType, arch, machine, memoryKiB, vcpus, emulator, devices, devicesOmitted } = xml;
  const words = [
    name ?? "no name",
    uuid ?? "no UUID",
    ...[virtType, arch, machine].filter((word) => word !== null),
    ...(memoryKiB === null ? [] : [human(memoryKiB * 1024)]),
    ...(vcpus === null ? [] : [plural(vcpus, "vCPU")]),
    ...(emulator === null ? [] : [emulator]),
  ];
  const lines = [wrapped(title("domain"), words)];
  const kinds = devices.map(({ kind }) => kind).toSorted();
  if (kinds.length > 0) lines.push(wrapped(title("devices"), squash(kinds, devicesOmitted)));
  return lines;
}

/** Like `wrap`, for words that come from the image. */
function wrapped(title: string, words: readonly string[]): string {
  return `${title} ${fold(words, ", ").join(`\n${" ".repeat(INDENT)}`)}`;
}

function payloadText({ payload, image }: ImageReading): string {
  if (!payload) return image ? `none: it would begin at ${image.payloadOffset}` : "none";
  const { kind, offset, length, bytes, isPlain } = payload;
  const what = kind === "qevm" ? "the stream itself" : kind;
  const out = isPlain ? "" : `, of which ${plural(bytes, "byte")} came`;
  return `${what}, ${plural(length, "byte")} at ${offset} (0x${offset.toString(16)})${out}`;
}
