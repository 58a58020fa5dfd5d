import {
  type DomainXml,
  readDomainXml,
  readSaveCookie,
  type SaveCookie,
} from "../../codec/formats/libvirt/domain-xml.ts";
import { checkSaveXml, payloadKindOf, type SaveImage } from "../../codec/index.ts";
import { printable } from "../printable.ts";
import { human, wrap } from "../text.ts";
import type { ImageHead } from "./image-head.ts";
import type { ImageTexts } from "./reading.ts";
import { writerText } from "./save-era.ts";
import { roomForXml } from "./xml-room.ts";

/** Understands the texts in front of a payload. */
export function readTexts({ image, findings }: ImageHead): ImageTexts {
  const xml = image?.xml?.text == null ? null : readDomainXml(image.xml.text);
  const cookie = image?.cookie?.text == null ? null : readSaveCookie(image.cookie.text);
  const more = image ? checkSaveXml(image, xml, cookie) : [];
  return { image, xml, cookie, findings: [...findings, ...more] };
}

/** Bytes of XML that still fit; null where nothing can be written. */
export function roomLeft(image: SaveImage): number | null {
  return image.xml ? roomForXml(image) - image.xml.length : null;
}

const title = (name: string, text: string) => `${name.padEnd(9)} ${text}`;
const bytes = (count: number) => `${count} byte${count === 1 ? "" : "s"}`;

/** What stands in front of a payload, for people. */
export function imageLines(head: ImageHead, image: SaveImage, texts: ImageTexts): string[] {
  const { magic, version, endian, wasRunning, format, compression, dataLength, cookieOffset } = image;
  const state = wasRunning === 0 ? "paused" : wasRunning === 1 ? "running" : `running (${wasRunning})`;
  const written =
    format === null ? "raw (no format in this version)" : (compression ?? `format ${format}, unknown`);
  return [
    title("magic", magic === "other" ? `unknown: 0x${image.magicBytes}` : magic),
    title("header", `version ${version}, ${endian}-endian, ${written}, guest ${state} after a restore`),
    title(
      "texts",
      `${bytes(dataLength)} for XML, cookie and padding; cookie ${cookieOffset === 0 ? "absent" : `at ${cookieOffset}`}`,
    ),
    title("writer", writerText(image, texts.cookie?.children ?? [])),
    ...domainLines(image, texts.xml),
    ...cookieLine(image, texts.cookie),
    ...roomLine(image),
    payloadLine(head, image),
  ];
}

function domainLines({ xml }: SaveImage, domain: DomainXml | null): string[] {
  if (!xml) return [title("domain", "no XML")];
  const size = title(
    "XML",
    `${bytes(xml.length)} at ${xml.offset}${xml.terminated ? "" : ", no NUL behind it"}`,
  );
  if (!domain) return [size];
  const { name, uuid, virtType, arch, machine, memoryKiB, currentMemoryKiB, vcpus, emulator } = domain;
  const memory = memoryKiB === null ? null : human(memoryKiB * 1024);
  const current =
    currentMemoryKiB === null || currentMemoryKiB === memoryKiB
      ? ""
      : ` (${human(currentMemoryKiB * 1024)} now)`;
  const facts = [
    name ?? "no name",
    ...(domain.title === null ? [] : [`“${domain.title}”`]),
    uuid ?? "no UUID",
    ...[virtType, arch, machine].filter((fact) => fact !== null),
    ...(memory === null ? [] : [memory + current]),
    ...(vcpus === null ? [] : [`${vcpus} vCPU${vcpus === 1 ? "" : "s"}`]),
  ];
  return [
    size,
    wrap("domain   ", facts),
    ...(emulator === null ? [] : [title("emulator", printable(emulator))]),
    ...deviceLines(domain),
  ];
}

function deviceLines({ devices, devicesOmitted }: DomainXml): string[] {
  const shown = devices.map(({ kind, model, type, target, source }) => {
    const what = [kind, model ?? type, target].filter((part) => part !== undefined).join(" ");
    return source === undefined ? what : `${what} (${source})`;
  });
  if (devicesOmitted > 0) shown.push(`${devicesOmitted} more`);
  return shown.length === 0 ? [] : [wrap("devices  ", shown)];
}

function cookieLine({ cookie: text }: SaveImage, cookie: SaveCookie | null): string[] {
  if (!text) return [];
  const cpu = cookie?.cpu ? `CPU ${[cookie.cpu.mode, cookie.cpu.model].filter(Boolean).join(" ")}` : "";
  const told = [bytes(text.length), cpu, cookie?.slirpHelper ? "slirp helper" : ""].filter(
    (part) => part !== "",
  );
  return [wrap("cookie   ", told)];
}

function roomLine(image: SaveImage): string[] {
  const left = roomLeft(image);
  if (left === null) return [];
  const stained = image.padding && !image.padding.zero ? ", not all zero now" : "";
  return [title("room", left > 0 ? `the XML may grow by ${bytes(left)}${stained}` : "the XML cannot grow")];
}

function payloadLine({ size, first }: ImageHead, { payloadOffset }: SaveImage): string {
  const kind = { qevm: "QEMU stream", empty: "nothing", unknown: "unknown data" };
  const found = payloadKindOf(first);
  const what = found in kind ? kind[found as keyof typeof kind] : `${found} data`;
  if (size === null) return title("payload", `${what} at ${payloadOffset}`);
  return title("payload", `${what}, ${bytes(Math.max(0, size - payloadOffset))} at ${payloadOffset}`);
}
