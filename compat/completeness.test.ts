import { describe, expect, it } from "vitest";
import {
  completeWord,
  decode,
  encode,
  partialMagic,
  SAVE_HEADER_SIZE,
  SAVE_MAGIC,
  SAVE_SCHEMES,
  SaveHeader,
  SaveHeaderV2,
  zeroedMagic,
} from "../codec/index.ts";
import type { Endian } from "../codec/layout/index.ts";
import { readSave, saveImage } from "../test/save-images.ts";
import { SAVE_SCHEME_COMPARISON } from "./completeness.ts";
import { findRelease, versionsOf } from "./releases.ts";

const XML = "<domain><name>guest</name></domain>\0";

/** A header as libvirt 0.9.4 wrote it. */
function header094(endian: Endian): Uint8Array<ArrayBuffer> {
  const numbers = { magic: SAVE_MAGIC, version: 2, dataLength: XML.length, wasRunning: 1, format: 0 };
  return encode(SaveHeaderV2, numbers, { endian });
}

/** What a libvirt that knows no scheme but its own does first: the checks of the header, in their order. */
function refusal(header: Uint8Array, era: "0.9.4" | "12.8.0"): string | null {
  const magic = new TextDecoder().decode(header.subarray(0, 16));
  if (era === "12.8.0" && magic === "LibvirtQemudPart") return "save image is incomplete";
  return magic === SAVE_MAGIC ? null : "image magic is incorrect";
}

describe.each(["le", "be"] as const)("the schemes of 2011 in %s", (endian) => {
  it.each(SAVE_SCHEMES)("tell a save that was finished from one that was not: $name", (scheme) => {
    const header = header094(endian);
    const begun = scheme.begin(header);
    const finished = scheme.finish(begun);
    expect(begun).toHaveLength(SAVE_HEADER_SIZE);
    expect(scheme.state(begun)).toBe("in-progress");
    expect(scheme.state(finished)).toBe("done");
    expect(scheme.state(header)).toBe(scheme === completeWord ? "unknown" : "done");
    expect(scheme.state(new TextEncoder().encode("x".repeat(92)))).toBe("not-an-image");
    expect(scheme.state(begun.subarray(0, 91))).toBe("not-an-image");
    if (scheme !== completeWord) expect(finished).toEqual(header);
  });

  it("swap the word with the other numbers", () => {
    const view = new DataView(completeWord.finish(header094(endian)).buffer);
    expect(view.getUint32(32, endian === "le")).toBe(2);
  });

  it("keep what is unused", () => {
    const header = header094(endian);
    header.fill(0xaa, 36);
    for (const scheme of SAVE_SCHEMES) expect(scheme.begin(header).subarray(36)).toEqual(header.subarray(36));
  });

  it("are refused up front by 0.9.4 where the magic is another", () => {
    expect(refusal(completeWord.begin(header094(endian)), "0.9.4")).toBeNull();
    expect(refusal(zeroedMagic.begin(header094(endian)), "0.9.4")).toBe("image magic is incorrect");
    expect(refusal(partialMagic.begin(header094(endian)), "0.9.4")).toBe("image magic is incorrect");
    expect(refusal(zeroedMagic.begin(header094(endian)), "12.8.0")).toBe("image magic is incorrect");
    expect(refusal(partialMagic.begin(header094(endian)), "12.8.0")).toBe("save image is incomplete");
  });

  it.each([
    [1, "<", completeWord.begin],
    [2, "<d", completeWord.finish],
  ])("would since 3.5.0 have made word %i the place of a cookie", (cookieOffset, text, mark) => {
    const head = mark(header094(endian));
    expect(decode(SaveHeader, head, { endian }).cookieOffset).toBe(cookieOffset);
    const { image, rules } = readSave(new Uint8Array([...head, ...new TextEncoder().encode(XML)]));
    expect(image?.xml).toMatchObject({ text, terminated: false });
    expect(rules).toContain("SAVE_XML_TERMINATED warning");
  });

  it("would not understand the images of today", () => {
    expect(completeWord.state(saveImage({ endian }))).toBe("unknown");
  });
});

describe("the comparison of the schemes", () => {
  it("has each of them", () => {
    expect(SAVE_SCHEME_COMPARISON.map(({ scheme }) => scheme)).toEqual(SAVE_SCHEMES.map(({ name }) => name));
    expect(JSON.parse(JSON.stringify(SAVE_SCHEME_COMPARISON))).toEqual(SAVE_SCHEME_COMPARISON);
  });

  it.each(SAVE_SCHEME_COMPARISON)("covers every release: $scheme", ({ unfinished }) => {
    const versions = versionsOf("libvirt");
    const after = (version: string) => versions[versions.indexOf(version) + 1];
    for (const [i, { since, until, evidence }] of unfinished.entries()) {
      const next = unfinished[i + 1];
      expect(findRelease("libvirt", since.replace("≤", "")), since).toBeDefined();
      expect(evidence).not.toBe("");
      if (until === null) expect(next).toBeUndefined();
      else if (next?.since.startsWith("≤") === false) expect(next.since).toBe(after(until));
    }
    expect(unfinished[0]?.since).toBe("0.3.2");
    expect(unfinished.at(-1)?.until).toBeNull();
  });

  it("says of each what the codecs show", () => {
    for (const scheme of SAVE_SCHEMES) {
      const begun = scheme.begin(header094("le"));
      const fates = SAVE_SCHEME_COMPARISON.find(({ scheme: name }) => name === scheme.name)?.unfinished ?? [];
      const old = fates.find(({ since }) => since === "0.9.1");
      expect(old?.upFront).toBe(refusal(begun, "0.9.4") !== null);
      if (old?.upFront) expect(old.restore).toBe(refusal(begun, "0.9.4"));
      const today = fates.at(-1);
      if (refusal(begun, "12.8.0")) expect(today?.restore).toBe(refusal(begun, "12.8.0"));
    }
  });
});
