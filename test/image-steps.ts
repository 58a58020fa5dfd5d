/** A change to a save image, as `fixtures/libvirt/more-cases.json` writes it. Offsets are in the image. */
export type ImageStep =
  | { readonly set: { readonly field: string; readonly value?: number | string; readonly hex?: string } }
  | { readonly swap: readonly string[] }
  | { readonly truncate: number }
  | { readonly append: { readonly byte?: number; readonly count?: number; readonly hex?: string } }
  | { readonly write: { readonly offset: number; readonly hex: string } }
  | { readonly fill: { readonly offset: number; readonly byte: number; readonly count: number } }
  | { readonly insert: { readonly offset: number; readonly hex: string } }
  | { readonly remove: { readonly offset: number; readonly length: number } }
  | { readonly xor: { readonly offset: number; readonly length: number; readonly mask: number } }
  | { readonly replaceXml: { readonly find: string; readonly with: string } }
  | { readonly replaceCookie: { readonly find: string; readonly with: string } }
  | { readonly setXml: string }
  | { readonly fillData: string }
  | { readonly appendPayload: true };

const HEADER = 92;
const DATA_LENGTH = 20;
const COOKIE_OFFSET = 32;
const FIELDS: Readonly<Record<string, number>> = {
  version: 16,
  dataLength: DATA_LENGTH,
  wasRunning: 24,
  format: 28,
  cookieOffset: COOKIE_OFFSET,
};
const UNUSED = { at: 36, words: 14 };

/** The image after the steps, one after the other. */
export function applySteps(image: Uint8Array, steps: readonly ImageStep[]): Uint8Array {
  return new Uint8Array(steps.reduce<Buffer>(applyStep, Buffer.from(image)));
}

function applyStep(bytes: Buffer, step: ImageStep): Buffer {
  if ("set" in step) return setField(bytes, step.set);
  if ("swap" in step) {
    for (const field of step.swap) bytes.subarray(placeOf(field), placeOf(field) + 4).reverse();
    return bytes;
  }
  if ("truncate" in step) return bytes.subarray(0, step.truncate);
  if ("append" in step) return Buffer.concat([bytes, run(step.append)]);
  if ("write" in step) {
    bytes.write(step.write.hex, step.write.offset, "hex");
    return bytes;
  }
  if ("fill" in step) {
    const { offset, byte, count } = step.fill;
    return bytes.fill(byte, offset, offset + count);
  }
  if ("insert" in step) return splice(bytes, step.insert.offset, 0, run(step.insert));
  if ("remove" in step) return splice(bytes, step.remove.offset, step.remove.length);
  if ("xor" in step) {
    const { offset, length, mask } = step.xor;
    for (let i = offset; i < offset + length; i++) bytes[i] = (bytes[i] ?? 0) ^ mask;
    return bytes;
  }
  if ("fillData" in step) return fillData(bytes, Buffer.from(step.fillData));
  if ("appendPayload" in step)
    return Buffer.concat([bytes, bytes.subarray(HEADER + bytes.readUInt32LE(DATA_LENGTH))]);
  return changeTexts(bytes, step);
}

function setField(
  bytes: Buffer,
  { field, value, hex }: { field: string; value?: number | string; hex?: string },
) {
  if (field === "magic") Buffer.from(hex ?? String(value), hex === undefined ? "latin1" : "hex").copy(bytes);
  else if (field === "unused")
    for (let i = 0; i < UNUSED.words; i++) bytes.writeUInt32LE(Number(value), UNUSED.at + 4 * i);
  else bytes.writeUInt32LE(Number(value), placeOf(field));
  return bytes;
}

function placeOf(field: string): number {
  const place = FIELDS[field];
  if (place === undefined) throw new Error(`the header has no ${field}`);
  return place;
}

function run({ byte = 0, count = 0, hex }: { byte?: number; count?: number; hex?: string }): Buffer {
  return hex === undefined ? Buffer.alloc(count, byte) : Buffer.from(hex, "hex");
}

function splice(bytes: Buffer, offset: number, length: number, more: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([bytes.subarray(0, offset), more, bytes.subarray(offset + length)]);
}

/** Lays XML, cookie and zeros out again in the room they have. */
function changeTexts(
  bytes: Buffer,
  step: Extract<ImageStep, { replaceXml: unknown } | { replaceCookie: unknown } | { setXml: unknown }>,
): Buffer {
  const cookieOffset = bytes.readUInt32LE(COOKIE_OFFSET);
  let xml = textAt(bytes, HEADER);
  let cookie = cookieOffset === 0 ? undefined : textAt(bytes, HEADER + cookieOffset);
  if ("setXml" in step) xml = step.setXml;
  else if ("replaceXml" in step) xml = replaceOnce(xml, step.replaceXml);
  else cookie = replaceOnce(cookie ?? "", step.replaceCookie);
  const first = Buffer.from(`${xml}\0`, "latin1");
  if (cookie === undefined) return fillData(bytes, first);
  bytes.writeUInt32LE(first.length, COOKIE_OFFSET);
  return fillData(bytes, Buffer.concat([first, Buffer.from(`${cookie}\0`, "latin1")]));
}

/** One character a byte. */
function textAt(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", at, bytes.indexOf(0, at));
}

function replaceOnce(text: string, { find, with: by }: { find: string; with: string }): string {
  const encoded = (string: string) => Buffer.from(string).toString("latin1");
  if (!text.includes(encoded(find))) throw new Error(`${find} is not there to be replaced`);
  const runs = by.replace(/\{(.)\*(\d+)\}/g, (_, character: string, times) =>
    character.repeat(Number(times)),
  );
  return text.replace(encoded(find), () => encoded(runs));
}

function fillData(bytes: Buffer, text: Buffer): Buffer {
  const length = bytes.readUInt32LE(DATA_LENGTH);
  if (text.length > length) throw new Error("the texts do not fit");
  bytes.fill(0, HEADER, HEADER + length);
  text.copy(bytes, HEADER);
  return bytes;
}
