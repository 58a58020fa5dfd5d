import { describe, expect, it } from "vitest";
import {
  COOKIE,
  PAYLOAD,
  readSave,
  type SaveParts,
  saveImage,
  text,
  XML,
} from "../../../test/save-images.ts";
import { concat } from "../../../test/streams.ts";
import { encode, PADDING, paddingFor, SAVE_HEADER_SIZE, SaveHeaderV1, SaveHeaderV2 } from "../../index.ts";
import type { Endian } from "../../layout/index.ts";

const XML_LENGTH = text(XML).length;
const COOKIE_AT = SAVE_HEADER_SIZE + XML_LENGTH + 1;
const TEXTS = XML_LENGTH + 1 + text(COOKIE).length + 1;

/** Rules and levels that a reader tells of an image laid out from `parts`. */
function rulesOf(parts: SaveParts, size?: "unknown"): readonly string[] {
  const data = saveImage(parts);
  return readSave(data, [], size ? {} : { size: data.length }).rules;
}

/** Bytes of an image without those from `end` on. */
function cut(parts: SaveParts, end: number): Uint8Array {
  return saveImage(parts).subarray(0, end);
}

describe.each(["le", "be"] as const)("a save image in %s", (endian) => {
  const native = endian === "be" ? ["SAVE_HEADER_NATIVE note"] : [];

  it("is read", () => {
    const data = saveImage({ endian });
    const { image, rules, payload, payloadAt, end } = readSave(data);
    expect(rules).toEqual(native);
    expect(image).toEqual({
      magic: "complete",
      magicBytes: "4c69627669727451656d756453617665",
      endian: endian === "le" ? "little" : "big",
      version: 2,
      dataLength: TEXTS + 65536,
      wasRunning: 1,
      format: 0,
      compression: "raw",
      cookieOffset: XML_LENGTH + 1,
      xml: { offset: SAVE_HEADER_SIZE, length: XML_LENGTH, terminated: true, text: XML },
      cookie: { offset: COOKIE_AT, length: text(COOKIE).length, terminated: true, text: COOKIE },
      padding: { offset: SAVE_HEADER_SIZE + TEXTS, length: 65536, zero: true },
      payloadOffset: SAVE_HEADER_SIZE + TEXTS + 65536,
    });
    expect(payload).toEqual(PAYLOAD);
    expect(payloadAt).toBe(image?.payloadOffset);
    expect(end).toEqual({ kind: "end", offset: data.length, reason: "eof" });
  });

  it.each(PADDING)("is read as $since to $until wrote it", ({ since, rule }) => {
    const modern = since === "6.3.0";
    const texts = text(`${XML}\0`);
    const padding = paddingFor(rule, SAVE_HEADER_SIZE + texts.length);
    const first = since === "0.3.2";
    const dataLength = texts.length + padding;
    const fields = { magic: "LibvirtQemudSave", dataLength, wasRunning: 0 };
    const header = first
      ? encode(SaveHeaderV1, { ...fields, version: 1 }, { endian })
      : encode(SaveHeaderV2, { ...fields, version: 2, format: 1 }, { endian });
    const { image, rules, payload } = readSave(concat(header, texts, new Uint8Array(padding), PAYLOAD));
    expect(rules).toEqual([...native, ...(padding === 0 ? ["SAVE_PADDING_ROOM note"] : [])]);
    expect(image).toMatchObject({
      version: first ? 1 : 2,
      format: first ? null : 1,
      compression: first ? "raw" : "gzip",
      cookieOffset: 0,
      cookie: null,
      xml: { text: XML },
      padding: { length: padding, zero: true },
    });
    expect(payload).toEqual(PAYLOAD);
    expect(modern ? padding : 65536).toBe(65536);
  });
});

describe("the magic", () => {
  it.each([
    ["LibvirtQemudPart", "partial", "SAVE_IMAGE_FINISHED error"],
    ["\0".repeat(16), "zeroed", "SAVE_IMAGE_FINISHED error"],
    ["GarbageGarbageXX", "other", "SAVE_MAGIC_KNOWN error"],
  ])("%j is told, and the rest read", (magic, expected, rule) => {
    const { image, rules, payload } = readSave(saveImage({ header: { magic } }));
    expect(image).toMatchObject({ magic: expected, xml: { text: XML } });
    expect(rules).toEqual([rule]);
    expect(payload).toEqual(PAYLOAD);
  });

  it.each([
    ["other words", text("GarbageGarbageXX and nothing that makes sense behind it".repeat(9))],
    ["few of them", text("Garbage")],
    ["zeros", new Uint8Array(1000)],
    ["a newer version", saveImage({ header: { magic: "GarbageGarbageXX", version: 0x0101_0101 } })],
    ["another XML", saveImage({ header: { magic: "GarbageGarbageXX" }, xml: "<domino/>" })],
  ])("of %s is not a save image", (_, data) => {
    const { image, rules, spans, end } = readSave(data);
    expect(image).toBeUndefined();
    expect(rules).toEqual(["SAVE_MAGIC_KNOWN error"]);
    expect(spans).toEqual([]);
    expect(end).toEqual({ kind: "end", offset: 0, reason: "error" });
  });

  it("of an unfinished image is read on even where nothing follows", () => {
    const { rules } = readSave(cut({ header: { magic: "LibvirtQemudPart" } }, SAVE_HEADER_SIZE));
    expect(rules).toEqual(["SAVE_IMAGE_FINISHED error", "SAVE_DATA_COMPLETE error"]);
  });
});

describe("the numbers of a header", () => {
  it.each<[string, SaveParts, readonly string[]]>([
    ["version 0", { header: { version: 0 } }, ["SAVE_VERSION_SUPPORTED warning"]],
    ["version 1", { header: { version: 1 } }, []],
    ["version 1 with a format", { header: { version: 1, format: 1 } }, ["SAVE_FORMAT_KNOWN note"]],
    ["version 3", { header: { version: 3 } }, ["SAVE_VERSION_SUPPORTED error"]],
    ["version 3, big", { header: { version: 0x03000000 } }, ["SAVE_VERSION_SUPPORTED error"]],
    ["format 6", { header: { format: 6 } }, []],
    ["format 7", { header: { format: 7 } }, ["SAVE_FORMAT_KNOWN error"]],
    ["was_running 2", { header: { wasRunning: 2 } }, ["SAVE_WAS_RUNNING_BOOLEAN note"]],
    [
      "unused words",
      { header: { $extra: { unused: new Uint8Array(56).fill(0xde) } } },
      ["SAVE_RESERVED_ZERO warning"],
    ],
    ["no length", { header: { dataLength: 0 } }, ["SAVE_DATA_LENGTH_SOUND error"]],
    ["a length of 2 GiB", { header: { dataLength: 0x7fffffff } }, ["SAVE_DATA_LENGTH_SOUND error"]],
    [
      "a length of 4 GiB",
      { header: { dataLength: 0xffffffff, cookieOffset: 0 } },
      ["SAVE_DATA_LENGTH_SOUND error"],
    ],
    [
      "a cookie beyond the data",
      { header: { cookieOffset: 0xfffffff } },
      ["SAVE_COOKIE_OFFSET_SOUND error", "SAVE_XML_TRAILING note"],
    ],
    [
      "a cookie at the end of the data",
      { header: { cookieOffset: TEXTS + 65536 } },
      ["SAVE_COOKIE_OFFSET_SOUND note", "SAVE_XML_TRAILING note"],
    ],
    ["a cookie that is not pointed to", { header: { cookieOffset: 0 } }, ["SAVE_XML_TRAILING note"]],
    [
      "a cookie without its first byte",
      { header: { cookieOffset: XML_LENGTH + 2 } },
      ["SAVE_XML_TRAILING note"],
    ],
    [
      "a cookie behind a gap",
      { xml: `${XML}\0\0`, header: { cookieOffset: XML_LENGTH + 3 } },
      ["SAVE_COOKIE_OFFSET_SOUND note"],
    ],
    [
      "a cookie at the NUL",
      { header: { cookieOffset: XML_LENGTH } },
      ["SAVE_XML_TERMINATED warning", "SAVE_PADDING_ZERO note"],
    ],
    ["no cookie", { cookie: null }, []],
    ["no padding", { padding: 0 }, ["SAVE_PADDING_ROOM note"]],
    ["neither", { padding: 0, cookie: null }, ["SAVE_PADDING_ROOM note"]],
    [
      "an XML without a NUL",
      { padding: 0, cookie: null, header: { dataLength: XML_LENGTH } },
      ["SAVE_XML_TERMINATED warning", "SAVE_PADDING_ROOM note"],
    ],
    [
      "a cookie without a NUL",
      { padding: 0, header: { dataLength: TEXTS - 1 } },
      ["SAVE_COOKIE_TERMINATED warning", "SAVE_PADDING_ROOM note"],
    ],
    ["padding with something in it", { cookie: `${COOKIE}\0\0\0junk` }, ["SAVE_PADDING_ZERO note"]],
  ])("%s", (_, parts, expected) => {
    expect(rulesOf(parts)).toEqual(expected);
  });

  it("are told with their offsets", () => {
    const { findings } = readSave(saveImage({ header: { wasRunning: 7, format: 9 } }));
    expect(findings).toMatchObject([
      { subject: "SaveHeader.wasRunning", offset: 24, args: { expected: "0 or 1", found: 7 } },
      { subject: "SaveHeader.format", offset: 28, args: { expected: "0 to 6", found: 9 } },
    ]);
  });

  it("are shown as what they look like", () => {
    const unused = new Uint8Array(56);
    unused.set(text("abc\nx"), 7);
    const found = (parts: SaveParts) =>
      readSave(saveImage(parts)).findings.map(({ offset, args }) => [offset, args.found]);
    expect(found({ header: { $extra: { unused } } })).toEqual([[43, "0x6162630a780000000000000000000000"]]);
    expect(found({ header: { cookieOffset: 0 } })).toEqual([[COOKIE_AT, "“<cookie>” …"]]);
    expect(found({ cookie: "<cookie/>\0\0some words here that go on" })).toMatchObject([
      [COOKIE_AT + 11, "“some words here ”"],
    ]);
  });

  it("count from where the image begins", () => {
    const data = saveImage({ header: { wasRunning: 7 } });
    const { image, findings, payloadAt } = readSave(data, [], { offset: 1000, size: 1000 + data.length });
    expect(findings).toMatchObject([{ offset: 1024 }]);
    expect(image).toMatchObject({ xml: { offset: 1092 }, payloadOffset: payloadAt });
    expect(payloadAt).toBe(1000 + data.length - PAYLOAD.length);
  });
});

describe("the byte order", () => {
  /** The same image with some of its numbers in the other byte order. */
  const swapped = (...offsets: readonly number[]) => {
    const data = saveImage();
    const view = new DataView(data.buffer);
    for (const at of offsets) view.setUint32(at, view.getUint32(at), true);
    return data;
  };

  it.each<[string, readonly number[], Endian, readonly string[]]>([
    ["all", [16, 20, 24, 28, 32], "be", ["SAVE_HEADER_NATIVE note"]],
    [
      "the version only",
      [16],
      "be",
      [
        "SAVE_HEADER_NATIVE note",
        "SAVE_BYTE_ORDER_CONSISTENT error",
        "SAVE_DATA_LENGTH_SOUND error",
        "SAVE_WAS_RUNNING_BOOLEAN note",
      ],
    ],
    [
      "all but the length",
      [16, 24, 28, 32],
      "be",
      ["SAVE_HEADER_NATIVE note", "SAVE_BYTE_ORDER_CONSISTENT error", "SAVE_DATA_LENGTH_SOUND error"],
    ],
    [
      "all but the version, which is 2",
      [20, 24, 28, 32],
      "le",
      ["SAVE_BYTE_ORDER_CONSISTENT error", "SAVE_DATA_LENGTH_SOUND error", "SAVE_WAS_RUNNING_BOOLEAN note"],
    ],
  ])("is told where %s is swapped", (_, offsets, endian, expected) => {
    const { image, rules } = readSave(swapped(...offsets));
    expect(image?.endian).toBe(endian === "le" ? "little" : "big");
    expect(rules).toEqual(expected);
  });

  it("names the numbers that are not in it", () => {
    const { findings } = readSave(swapped(16));
    expect(findings.find(({ rule }) => rule === "SAVE_BYTE_ORDER_CONSISTENT")).toMatchObject({
      offset: 20,
      args: { what: "dataLength, wasRunning, cookieOffset", expected: "big-endian", found: "little-endian" },
    });
  });
});

describe("an image that ends early", () => {
  it.each([
    [0, ["SAVE_HEADER_COMPLETE error"]],
    [7, ["SAVE_HEADER_COMPLETE error"]],
    [91, ["SAVE_HEADER_COMPLETE error"]],
    [92, ["SAVE_DATA_COMPLETE error"]],
    [COOKIE_AT - 1, ["SAVE_DATA_COMPLETE error"]],
    [COOKIE_AT, ["SAVE_DATA_COMPLETE error"]],
    [SAVE_HEADER_SIZE + TEXTS, ["SAVE_DATA_COMPLETE error"]],
    [SAVE_HEADER_SIZE + TEXTS + 65535, ["SAVE_DATA_COMPLETE error"]],
  ])("after %i bytes says so", (length, expected) => {
    for (const options of [{}, { size: length }]) {
      const { rules, end } = readSave(cut({}, length), [], options);
      expect(rules).toEqual(expected);
      expect(end).toEqual({ kind: "end", offset: length, reason: "truncated" });
    }
  });

  it("may end where the payload begins", () => {
    const length = SAVE_HEADER_SIZE + TEXTS + 65536;
    const { rules, image, end } = readSave(cut({}, length));
    expect(rules).toEqual([]);
    expect(image?.payloadOffset).toBe(length);
    expect(end).toEqual({ kind: "end", offset: length, reason: "eof" });
  });

  it("tells what it ends in, and how much is there", () => {
    const { findings, image } = readSave(cut({}, COOKIE_AT + 5));
    expect(findings).toMatchObject([
      { offset: COOKIE_AT + 5, args: { what: "the save cookie", have: COOKIE_AT + 5 - 92 } },
    ]);
    expect(image).toMatchObject({ xml: { text: XML }, cookie: { length: 5, text: null }, padding: null });
  });

  it("says that a length beyond the file misleads, rather than that the file was cut", () => {
    const parts = { header: { dataLength: 0x7fffffff } };
    expect(rulesOf(parts)).toEqual(["SAVE_DATA_LENGTH_SOUND error"]);
    expect(rulesOf(parts, "unknown")).toEqual([
      "SAVE_DATA_LENGTH_SOUND warning",
      "SAVE_DATA_LENGTH_SOUND error",
    ]);
  });
});
