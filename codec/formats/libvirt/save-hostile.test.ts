import { describe, expect, it } from "vitest";
import { mutate } from "../../../test/mutate.ts";
import { readSave, type SaveTold, saveImage, text } from "../../../test/save-images.ts";
import { mulberry32 } from "../../../test/told.ts";
import { createSaveImageReader, SAVE_HEADER_SIZE, type SaveImageEvent } from "../../index.ts";
import { LONGEST_SAVE_TEXT } from "./save-text.ts";

const SEED = Number(process.env.SEED ?? 20260801);
const RUNS = Number(process.env.RUNS ?? 300);

const small = { xml: "<domain>é</domain>", cookie: "<cookie/>", padding: 20 };
const images = [
  { name: "little", data: saveImage(small) },
  { name: "big", data: saveImage({ ...small, endian: "be" }) },
  {
    name: "partial without a cookie",
    data: saveImage({ ...small, cookie: null, header: { magic: "LibvirtQemudPart" } }),
  },
  {
    name: "damaged",
    data: saveImage({
      ...small,
      cookie: "<cookie/>\0\0junk",
      header: { magic: "x".repeat(16), cookieOffset: 21, format: 9 },
    }),
  },
  { name: "cut short by its length", data: saveImage({ ...small, header: { dataLength: 10 } }) },
];

function view({ events, spans, payload, payloadAt }: SaveTold) {
  return { events, spans, payload: [...payload], payloadAt };
}

/** Every byte in front of the payload is told once, and one end behind everything. */
function wellTold(told: SaveTold, length: number): void {
  const { events, spans, payload, end, image } = told;
  expect(events.filter(({ kind }) => kind === "end")).toHaveLength(1);
  expect(events.filter(({ kind }) => kind === "save-image").length).toBeLessThanOrEqual(1);
  expect(events.length).toBeLessThan(20);
  let at = 0;
  for (const span of spans) {
    expect(span.start, span.path).toBe(at);
    at = span.end;
  }
  expect(end?.reason === "error" || at + payload.length === length).toBe(true);
  expect(end?.offset).toBeLessThanOrEqual(length);
  if (end?.reason === "eof") expect(at).toBe(image?.payloadOffset);
}

describe("a save image", () => {
  it.each(images)("tells the same wherever it is cut: $name", ({ data }) => {
    const whole = view(readSave(data));
    for (let cut = 1; cut < data.length; cut++) expect(view(readSave(data, [cut]))).toEqual(whole);
    const everywhere = Array.from({ length: data.length }, (_, i) => i);
    expect(view(readSave(data, everywhere))).toEqual(whole);
  });

  it.each(images)("ends in order after every prefix: $name", ({ data }) => {
    for (let length = 0; length <= data.length; length++) {
      const prefix = data.subarray(0, length);
      for (const options of [{}, { size: length }, { size: data.length }])
        wellTold(readSave(prefix, [], options), length);
    }
  });

  it.each(images)("survives any damage: $name", ({ data, name }) => {
    for (let i = 0; i < RUNS; i++) {
      const bad = mutate(data, mulberry32(SEED + i * 7919));
      const cuts = [Math.floor(bad.length / 3), Math.floor(bad.length / 2)];
      const told = readSave(bad);
      wellTold(told, bad.length);
      expect(view(readSave(bad, cuts)), `${name}, run ${i}`).toEqual(view(told));
    }
  });

  it.each(images)("survives bytes that are missing: $name", ({ data }) => {
    for (let at = 0; at < data.length; at++) {
      const events: SaveImageEvent[] = [];
      const reader = createSaveImageReader({
        event: (event) => events.push(event),
        payload: () => undefined,
      });
      reader.push(data.slice(0, at));
      reader.lose(9);
      reader.push(data.slice(Math.min(data.length, at + 9)));
      reader.finish();
      expect(events.at(-1)?.kind).toBe("end");
    }
  });

  it("steps over a payload that nobody wants", () => {
    const data = saveImage();
    const events: SaveImageEvent[] = [];
    const reader = createSaveImageReader({ event: (event) => events.push(event) });
    const before = data.length - 20;
    reader.push(data.subarray(0, before));
    expect(reader.skippable).toBeGreaterThan(2 ** 50);
    reader.skip(2 ** 40);
    reader.push(data.subarray(before));
    reader.finish();
    expect(events.at(-1)).toEqual({ kind: "end", offset: data.length + 2 ** 40, reason: "eof" });
  });

  it.each([0x7fffffff, 0xffffffff])("allocates nothing for a length of %i", (dataLength) => {
    for (const cookieOffset of [0, 20, 0xfffffffe]) {
      const data = saveImage({ ...small, padding: 1 << 20, header: { dataLength, cookieOffset } });
      const before = process.memoryUsage();
      const { rules } = readSave(data, [], {});
      const after = process.memoryUsage();
      expect(rules).toContain("SAVE_DATA_LENGTH_SOUND error");
      expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(
        64 << 20,
      );
    }
  });

  it("keeps no text that is too long, and reads on behind it", () => {
    const xml = `<domain>${"x".repeat(LONGEST_SAVE_TEXT)}</domain>`;
    const { image, rules, payload } = readSave(saveImage({ ...small, xml }));
    expect(rules).toEqual(["SAVE_TEXT_BOUNDED warning"]);
    expect(image?.xml).toMatchObject({ length: xml.length, terminated: true, text: null });
    expect(image?.cookie?.text).toBe(small.cookie);
    expect(payload).toHaveLength(24);
  });

  it("keeps the bytes of a text that is not UTF-8", () => {
    const data = saveImage(small);
    data[SAVE_HEADER_SIZE + 8] = 0xff;
    const { image } = readSave(data);
    expect(image?.xml?.text).toBe("<domain>\udcff\udca9</domain>");
    expect(text(small.xml)).toHaveLength(image?.xml?.length ?? 0);
  });
});
