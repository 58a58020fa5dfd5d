import { createByteBuilder, read, type Steps } from "../../layout/index.ts";
import { FOOTER_LENGTH, OPENING_BRACE } from "./qemu-boundary.ts";
import { delimit, traceDelimited } from "./qemu-delimit.ts";
import { EOF, SectionHeader, VMDESCRIPTION } from "./qemu-file.ts";
import {
  closeSection,
  find,
  type OpenSection,
  pathOf,
  type Reader,
  report,
  reportDamage,
  wrong,
} from "./qemu-reader.ts";
import { noteAbsent, noteUndescribed } from "./qemu-roll.ts";
import type { DeviceDescription } from "./vmdesc.ts";
import { type DeviceFields, decodeState } from "./vmstate.ts";

/** State of one device, and of all devices together, kept until the vmdescription comes. */
const LARGEST_DEVICE = 8 << 20;
const ALL_DEVICES = 16 << 20;
const MOST_DEVICES = 1 << 14;
/** Descriptions of devices the stream does not have, before the rest are not looked up any more. */
const MOST_STRANGERS = 1 << 12;
/** The version stands last in the header of a section. */
const VERSION_LENGTH = 4;

/**
 * Delimits a device section and keeps its state: what the bytes mean is only said by the vmdescription at the end of
 * the stream. Leaves the cursor at the footer of the section that is then open. Returns false when the input ends first.
 */
export function* readDevice(reader: Reader): Steps<boolean> {
  const { cursor, open } = reader;
  if (!open) return false;
  const { heldStates } = reader;
  const kept = createByteBuilder();
  let fits = true;
  const result = yield* delimit(reader, (bytes) => {
    const length = kept.length + bytes.length;
    fits &&= length <= LARGEST_DEVICE && heldStates.bytes + bytes.length <= ALL_DEVICES;
    if (!fits) return;
    kept.append(bytes);
    heldStates.bytes += bytes.length;
  });
  heldStates.bytes -= kept.length;
  const state = fits ? kept.view().slice() : null;
  const { found, header, footer } = result;
  const eof = state && !found && footer === undefined ? endOfStreamIn(state) : -1;
  if (state && eof >= FOOTER_LENGTH) cursor.unread(state.subarray(eof));
  traceDelimited(reader, open.payloadOffset);
  if (state && eof >= FOOTER_LENGTH) {
    hold(reader, open, state.slice(0, eof - FOOTER_LENGTH), cursor.offset - FOOTER_LENGTH);
    closeDamaged(reader, open, state, cursor.offset, undefined);
    return true;
  }
  if (found && header === undefined) hold(reader, open, state, cursor.offset);
  else if (found || footer !== undefined) closeDamaged(reader, open, state, header ?? cursor.offset, footer);
  if (header !== undefined) reopen(reader, open, state, header);
  return found;
}

/**
 * Where the end of the stream stands in state that ran on to the end of the input, because the footer of the last device
 * is damaged: at EOF and a vmdescription of just the length that is left. -1 if nowhere.
 */
function endOfStreamIn(state: Uint8Array): number {
  const view = new DataView(state.buffer, state.byteOffset, state.byteLength);
  for (let at = state.indexOf(EOF); at >= 0 && at + 6 < state.length; at = state.indexOf(EOF, at + 1)) {
    const described = state[at + 1] === VMDESCRIPTION && state[at + 6] === OPENING_BRACE;
    if (described && view.getUint32(at + 2) === state.length - at - 6) return at;
  }
  return -1;
}

/** Something behind the open section is damaged: its own footer, or what follows that. */
function closeDamaged(
  reader: Reader,
  open: OpenSection,
  state: Uint8Array | null,
  end: number,
  footer: number | undefined,
): void {
  const at = footer === undefined ? end - FOOTER_LENGTH : footer + FOOTER_LENGTH;
  const expected = footer === undefined ? `the footer of section ${open.id}` : "a section";
  const found = footer === undefined ? undefined : nameNext(state?.[at - open.payloadOffset]);
  reportDamage(
    reader,
    wrong(reader, footer === undefined ? "SectionFooter" : "next", at, expected, found ?? "something else"),
  );
  if (footer === undefined) closeSection(reader, false, end, "damaged", end);
  else {
    hold(reader, open, state?.slice(0, footer - open.payloadOffset) ?? null, footer);
    closeSection(reader, true, footer, "delimited", footer + FOOTER_LENGTH);
  }
}

/** What stands where the next section, or the end, should. */
function nameNext(type: number | undefined): string | undefined {
  if (type === undefined) return undefined;
  return type === EOF ? "EOF without a vmdescription" : `type ${type}`;
}

/** What was consumed goes on into another section, which becomes the open one. */
function reopen(reader: Reader, before: OpenSection, state: Uint8Array | null, offset: number): void {
  const cut = offset - before.payloadOffset;
  const header = state ? read(SectionHeader, state, { at: cut, base: before.payloadOffset }) : undefined;
  if (!state || !header) return;
  const { sectionId: id, idstr, instanceId: instance, versionId: version } = header.value;
  const payloadOffset = before.payloadOffset + header.end;
  reader.open = { kind: "full", id, idstr, instance, version, offset, payloadOffset };
  reader.known.set(id, reader.open);
  hold(reader, reader.open, state.slice(header.end), reader.cursor.offset);
}

function hold(reader: Reader, open: OpenSection, state: Uint8Array | null, end: number): void {
  const { idstr, instance, version, payloadOffset } = open;
  if (reader.held.length >= MOST_DEVICES) flushDevices(reader, 1);
  if (state) reader.heldStates.bytes += state.length;
  const length = end - payloadOffset;
  reader.held.push({ idstr, instance, version, offset: payloadOffset, length, path: pathOf(reader), state });
}

/** Decodes the kept state that a description belongs to, and lets it go. */
export function describeDevice(reader: Reader, description: DeviceDescription): void {
  if (reader.strangers > MOST_STRANGERS) return;
  const { idstr, instance } = description;
  const index = reader.held.findIndex((device) => device.idstr === idstr && device.instance === instance);
  const device = reader.held[index];
  if (!device) {
    reader.strangers++;
    noteAbsent(reader, description);
    return;
  }
  flushDevices(reader, index);
  reader.held.shift();
  const { version, offset, length, path, state } = device;
  const described = description.state.version;
  if (described !== undefined && described !== version)
    report(reader, {
      rule: "DEVICE_VERSION_AGREES",
      level: "error",
      subject: path,
      offset: offset - VERSION_LENGTH,
      args: { device: idstr, expected: described, found: version },
    });
  let fields: DeviceFields | null = null;
  if (state) {
    const trace = reader.sink.stateSpan;
    const decoded = decodeState(description.state, state, {
      base: offset,
      path: idstr,
      ...(trace ? { trace } : {}),
    });
    fields = decoded.fields;
    const { problem, consumed } = decoded;
    if (problem)
      find(reader, "DEVICE_FITS_VMDESC", "warning", problem.offset, {
        idstr,
        expected: problem.expected,
        found: problem.found,
      });
    else if (consumed !== length)
      find(reader, "DEVICE_FITS_VMDESC", "warning", offset, {
        idstr,
        expected: `${consumed} bytes`,
        found: `${length} bytes`,
      });
  }
  const told = { idstr, instance, version, offset, length, fields };
  if (state) reader.sink.state?.(told, description.state, state);
  reader.sink.event({ kind: "device", device: told });
}

/** Tells the first `count` kept devices (all of them by default) without their fields: nothing describes them. */
export function flushDevices(reader: Reader, count = reader.held.length): void {
  for (const held of reader.held.splice(0, count)) {
    const { state, path: _, ...device } = held;
    noteUndescribed(reader, held);
    reader.heldStates.bytes -= state?.length ?? 0;
    reader.sink.event({ kind: "device", device: { ...device, fields: null } });
  }
}
