import type { SaveImage } from "../../../codec/index.ts";
import { applyEdit, type Edit, trim, withImage } from "../../durable/edit.ts";
import { type FileSystem, nodeFileSystem } from "../../durable/file-system.ts";
import { LONGEST_EDIT } from "../../durable/journal.ts";
import { CLEAN, type ExitStatus, UsageError } from "../../exit.ts";
import { mustBeImage, readHead } from "../../image/image-head.ts";
import { mustBeDomain, readTextFile } from "../../image/new-xml.ts";
import { mustBeSameGuest } from "../../image/same-guest.ts";
import { settle } from "../../image/settle.ts";
import { changeHead, type Head, mustFit, roomForXml } from "../../image/xml-room.ts";
import { openInput } from "../../io.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";

export interface SetXmlOptions {
  readonly running?: boolean;
  readonly paused?: boolean;
  /** False drops the save cookie. */
  readonly cookie?: boolean;
  readonly dryRun?: boolean;
  /** Takes the XML of what looks like another guest. */
  readonly force?: boolean;
}

/** What is to be put into the image. */
interface Wanted {
  readonly xml: Uint8Array | undefined;
  readonly xmlName: string;
  readonly wasRunning: number | undefined;
  readonly keepsCookie: boolean;
  readonly force: boolean;
}

/** Puts another domain XML into an image, in place, or says whether the guest is to run after a restore. */
export async function setXml(
  name: string,
  xmlName: string | undefined,
  options: SetXmlOptions,
  output: Output,
  fs: FileSystem = nodeFileSystem,
): Promise<ExitStatus> {
  const { running, paused, cookie: keepsCookie = true, dryRun, force = false } = options;
  if (running && paused) throw new UsageError("--running and --paused exclude each other");
  if (xmlName === undefined && !running && !paused && keepsCookie)
    throw new UsageError(
      "nothing to set: name a file with the XML (- for stdin), --running, --paused or --no-cookie",
    );
  const xml = xmlName === undefined ? undefined : readTextFile(xmlName);
  if (xmlName !== undefined && xml) mustBeDomain(xmlName, xml);
  const wasRunning = running ? 1 : paused ? 0 : undefined;
  const wanted = { xml, xmlName: xmlName ?? "", wasRunning, keepsCookie, force };
  const warn = (text: string) => output.err(`migwire: ${text}\n`);
  if (dryRun) {
    await settle(name, output, fs);
    tell(name, await plan(name, name, wanted, warn), wanted, output, "would be");
    return CLEAN;
  }
  await withImage(name, { fs, warn }, async (image) => {
    const planned = await plan(image.path, name, wanted, warn);
    if (planned.edit) applyEdit(image, planned.edit, fs);
    tell(name, planned, wanted, output, "is");
  });
  return CLEAN;
}

interface Plan {
  readonly head: Head;
  readonly edit: Edit | undefined;
}

async function plan(
  path: string,
  name: string,
  { xml, xmlName, wasRunning, keepsCookie, force }: Wanted,
  warn: (text: string) => void,
): Promise<Plan> {
  const input = openInput(path, 0);
  const beginning = input.first;
  if (!input.seekable) throw new UsageError(`${printable(name)} is not a regular file`);
  const found = await readHead(input);
  const image = mustBeImage({ ...found, name }, beginning);
  const head = { image, bytes: found.bytes };
  if (xml || !keepsCookie) mustBeEditable(name, image, found.bytes.length, keepsCookie);
  if (image.magic !== "complete")
    warn(`${printable(name)} is not marked as complete: libvirt refuses it before it looks at the XML`);
  if (xml) {
    mustFit(image, xml, keepsCookie);
    mustBeSameGuest(image, { name: xmlName, xml }, force, warn);
  }
  const fresh = changeHead(head, { xml, wasRunning, keepsCookie });
  return { head, edit: trim({ offset: 0, old: found.bytes, fresh }) };
}

/** The texts must be where the header says, or what is written would not be read as it was meant. */
function mustBeEditable(
  name: string,
  { dataLength, cookieOffset, cookie, xml }: SaveImage,
  have: number,
  keepsCookie: boolean,
): void {
  const cannot = (why: string) => new UsageError(`${printable(name)} cannot be edited: ${why}`);
  if (dataLength > LONGEST_EDIT) throw cannot(`its header gives ${dataLength} bytes to XML and padding`);
  if (have < 92 + dataLength)
    throw cannot(`it ends before the ${dataLength} bytes of its XML and padding do`);
  if (!xml) throw cannot("its header leaves no room for an XML");
  if (cookieOffset !== 0 && !cookie && keepsCookie)
    throw cannot(
      `its header has the save cookie at ${cookieOffset}, where no cookie is, so it cannot be kept; --no-cookie drops it`,
    );
}

function tell(
  name: string,
  { head, edit }: Plan,
  { xml, wasRunning, keepsCookie }: Wanted,
  output: Output,
  is: string,
): void {
  const { image } = head;
  if (!edit) {
    output.out(`${printable(name)}: no change, nothing ${is} written\n`);
    return;
  }
  const lines: string[] = [];
  if (xml) {
    const left = roomForXml(image, keepsCookie) - xml.length;
    lines.push(`XML ${is} ${xml.length} bytes (was ${image.xml?.length ?? 0}), room for ${left} more`);
  }
  if (wasRunning !== undefined && wasRunning !== image.wasRunning)
    lines.push(`the guest ${is} ${wasRunning ? "running" : "paused"} after a restore`);
  if (!keepsCookie && image.cookieOffset !== 0) lines.push(`the save cookie ${is} dropped`);
  if (lines.length === 0) lines.push(`the padding ${is} cleared`);
  lines.push(`${edit.fresh.length} bytes from ${edit.offset} on`);
  output.out(`${printable(name)}: ${lines.join("; ")}\n`);
}
