import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import {
  type DomainXml,
  readDomainXml,
  readSaveCookie,
  type XmlProblem,
} from "../../codec/formats/libvirt/domain-xml.ts";
import { LONGEST_SAVE_TEXT } from "../../codec/formats/libvirt/save-text.ts";
import { decodeText } from "../../codec/layout/index.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";

/** Reads a text that is to go into an image, byte for byte; `-` is stdin. */
export function readTextFile(name: string): Uint8Array {
  const fd = name === "-" ? 0 : openSync(name, "r");
  try {
    const { size } = fstatSync(fd);
    if (size > LONGEST_SAVE_TEXT) throw tooLong(name, size);
    const bytes = new Uint8Array(readFileSync(fd));
    if (bytes.length > LONGEST_SAVE_TEXT) throw tooLong(name, bytes.length);
    const nul = bytes.indexOf(0);
    if (nul >= 0)
      throw new UsageError(`${shown(name)} has a NUL at offset ${nul}: libvirt would read it up to there`);
    return bytes;
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}

/** The XML of a guest, as libvirt would take it; throws and says where it would not. */
export function mustBeDomain(name: string, bytes: Uint8Array): DomainXml {
  const domain = readDomainXml(decodeText(bytes));
  const { problem, root } = domain;
  if (problem) throw notWellFormed(name, problem);
  if (root !== "domain")
    throw new UsageError(
      `${shown(name)} is not the XML of a guest: its root is <${printable(root ?? "")}>, not <domain>`,
    );
  return domain;
}

function shown(name: string): string {
  return name === "-" ? "stdin" : printable(name);
}

function tooLong(name: string, size: number): UsageError {
  return new UsageError(`${shown(name)} has ${size} bytes, and no domain XML more than ${LONGEST_SAVE_TEXT}`);
}

/** The save cookie, as libvirt would take it. */
export function mustBeCookie(name: string, bytes: Uint8Array): void {
  const { problem, root } = readSaveCookie(decodeText(bytes));
  if (problem) throw notWellFormed(name, problem);
  if (root !== "cookie")
    throw new UsageError(
      `${shown(name)} is not a save cookie: its root is <${printable(root ?? "")}>, not <cookie>`,
    );
}

function notWellFormed(name: string, { line, column, message }: XmlProblem): UsageError {
  return new UsageError(
    `${shown(name)} is not well formed: line ${line}, column ${column}: ${printable(message)}`,
  );
}
