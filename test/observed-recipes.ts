import { applySteps, type ImageStep } from "./image-steps.ts";

/** The recipes of `fixtures/libvirt/observed-cases.json`, applied to a raw image of any release. */
export const RECIPES: Readonly<Record<string, (image: Image) => readonly ImageStep[]>> = {
  ok: () => [],
  magic_zero: () => [{ set: { field: "magic", hex: "00".repeat(16) } }],
  magic_garbage: () => [set("magic", "GarbageGarbageXX")],
  empty: () => [{ truncate: 0 }],
  hdr_only_92: () => [{ truncate: 92 }],
  version_0: () => [set("version", 0)],
  version_1: () => [set("version", 1)],
  version_1_fmt1: () => [set("version", 1), set("format", 1)],
  version_3: () => [set("version", 3)],
  version_0x03000000: () => [set("version", 0x03000000)],
  bswap_all: () => [{ swap: ["version", "dataLength", "wasRunning", "format", "cookieOffset"] }],
  bswap_all_but_datalen: () => [{ swap: ["version", "wasRunning", "cookieOffset"] }],
  bswap_version0: () => [set("version", 0), { swap: ["dataLength", "wasRunning", "cookieOffset"] }],
  data_len_0: () => [set("dataLength", 0)],
  data_len_huge_7fffffff: () => [set("dataLength", 0x7fffffff)],
  data_len_80000000: () => [set("dataLength", 0x80000000)],
  data_len_ffffffff_co0: () => [set("dataLength", 0xffffffff), set("cookieOffset", 0)],
  data_len_plus1: ({ dataLength }) => [set("dataLength", dataLength + 1)],
  cookieoff_eq_datalen: ({ dataLength }) => [set("cookieOffset", dataLength)],
  cookieoff_0: () => [set("cookieOffset", 0)],
  cookie_garbage: () => [
    { replaceCookie: { find: "<cookie>", with: "<notacookie>" } },
    { replaceCookie: { find: "</cookie>", with: "</notacookie>" } },
  ],
  cookie_no_nul: (image) => [fill(image, cookieEnd(image), 0x20)],
  cookie_empty: (image) => [fill(image, 92 + image.cookieOffset, 0)],
  fmt_7: () => [set("format", 7)],
  fmt_99: () => [set("format", 99)],
  was_running_0: () => [set("wasRunning", 0)],
  was_running_2: () => [set("wasRunning", 2)],
  unused_nonzero: () => [set("unused", 0xdeadbeef)],
  xml_no_nul_cookie: ({ cookieOffset }) => [
    { remove: { offset: 92 + cookieOffset - 1, length: 1 } },
    set("cookieOffset", cookieOffset - 1),
    { insert: { offset: 92 + cookieOffset + 5000, hex: "00" } },
  ],
  xml_garbage: () => [{ fillData: "this is not xml" }],
  trunc_stream_0: ({ payload }) => [{ truncate: payload }],
  trunc_stream_8: ({ payload }) => [{ truncate: payload + 8 }],
  // In a page, as by its text the recorded stream was cut. What the true middle of these streams gives is `stream_cut_half`.
  trunc_stream_half: ({ payload }) => [{ truncate: payload + 4000 }],
  trailing_junk: () => [{ append: { byte: 0x5a, count: 4000 } }],
  stream_magic_bad: ({ payload }) => [{ write: { offset: payload, hex: "58585858" } }],
  stream_version_bad: ({ payload }) => [{ write: { offset: payload + 4, hex: "00000004" } }],
  other_uuid: ({ uuid }) => [{ replaceXml: { find: uuid, with: otherUuid(uuid) } }],
  machine_unknown: ({ machine, libvirt }) => [
    { replaceXml: { find: `'${machine}'`, with: `'pc-i440fx-9.9${SHORT.includes(libvirt) ? "" : "9"}'` } },
  ],
};

/** Releases whose recorded machine type was a digit shorter. */
const SHORT = ["7.0.0", "9.0.0"];

/** A raw image as the recipes see it. */
export interface Image {
  readonly libvirt: string;
  readonly bytes: Uint8Array;
  readonly dataLength: number;
  readonly cookieOffset: number;
  readonly payload: number;
  readonly name: string;
  readonly uuid: string;
  readonly machine: string;
}

export function imageOf(libvirt: string, bytes: Uint8Array): Image {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const dataLength = view.getUint32(20, true);
  const cookieOffset = view.getUint32(32, true);
  const xml = Buffer.from(bytes).toString("utf8", 92, 92 + cookieOffset);
  const find = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? "";
  return {
    libvirt,
    bytes,
    dataLength,
    cookieOffset,
    payload: 92 + dataLength,
    name: find(/<name>(.*?)<\/name>/),
    uuid: find(/<uuid>(.*?)<\/uuid>/),
    machine: find(/machine='(.*?)'/),
  };
}

export function applyRecipe(name: string, image: Image): Uint8Array {
  const steps = RECIPES[name]?.(image);
  if (!steps) throw new Error(`there is no recipe ${name}`);
  return applySteps(image.bytes, steps);
}

/** As the recorded UUID was changed: its second group. */
export function otherUuid(uuid: string): string {
  return uuid.replace(/^(\w+)-\w+-/, "$1-3333-");
}

function set(field: string, value: number | string): ImageStep {
  return { set: { field, value } };
}

function cookieEnd({ bytes, cookieOffset }: Image): number {
  return bytes.indexOf(0, 92 + cookieOffset);
}

/** To the end of the region. */
function fill({ payload }: Image, offset: number, byte: number): ImageStep {
  return { fill: { offset, byte, count: payload - offset } };
}
