import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { agrees } from "../../../test/analyzer.ts";
import { type Capture, fixtures, foreign, load, loadAnalyzer, summarise } from "../../../test/captures.ts";
import type { Span } from "../../layout/index.ts";

/** Sections that QEMU's analyzer shows in its own way. */
const NOT_DEVICES = ["ram", "spapr/htab", "s390-storage_attributes"];

function suite(name: string, captures: readonly Capture[]) {
  describe.skipIf(captures.length === 0).each(captures)(`${name} $file`, (capture) => {
    const data = load(capture);
    const summary = summarise(data);

    it("is the file its manifest describes", () => {
      expect(createHash("sha256").update(data).digest("hex")).toBe(capture.sha256);
    });

    it("ends cleanly", () => {
      expect(summary.findings.map(({ rule }) => rule)).toEqual(capture.findings ?? []);
      expect(summary.findings.filter(({ level }) => level !== "note")).toEqual([]);
      expect(summary.end).toEqual({ reason: "eof", offset: data.length });
      expect(new Set(summary.sections.map(({ footer }) => footer))).toEqual(
        new Set([capture.footers ?? true]),
      );
    });

    it("comes from the machine and release recorded", () => {
      expect(summary.machine).toBe(capture.machine);
      const release = Number.parseFloat(capture.qemu);
      expect(Number.parseFloat(summary.writer.since ?? "0")).toBeLessThanOrEqual(release);
      expect(Number.parseFloat(summary.writer.before ?? "99")).toBeGreaterThan(release);
    });

    it("has the RAM blocks QEMU had", () => {
      const blocks = summary.ram?.blocks.map(({ idstr, usedLength, pageSize }) => ({
        idstr,
        usedLength: Number(usedLength),
        ...(pageSize === undefined ? {} : { pageSize }),
      }));
      expect(blocks).toEqual(capture.ramBlocks);
      expect(summary.ram?.pageSize).toBe(capture.pageSize ?? 4096);
    });

    it.skipIf(capture.capabilities.compress || capture.capabilities["mapped-ram"])(
      "counts the pages QEMU counted",
      () => {
        const pages = summary.ram?.pages;
        expect({ normal: pages?.normal, duplicate: pages?.zero }).toEqual({
          normal: capture.pages.normal,
          duplicate: capture.pages.duplicate,
        });
      },
    );

    it("finds every device, and decodes those that are described", () => {
      expect(summary.devices.length).toBeGreaterThan(2);
      const undescribed = summary.devices.filter(({ fields }) => fields === null);
      expect(undescribed.length).toBe(capture.described === false ? summary.devices.length : 0);
    });

    it.skipIf(!capture.analyzer)("agrees with QEMU's analyzer on every field", () => {
      const theirs = Object.entries(loadAnalyzer(capture)).filter(
        ([key]) => !NOT_DEVICES.some((idstr) => key.startsWith(`${idstr} (`)),
      );
      expect(summary.devices.length).toBe(theirs.length);
      theirs.forEach(([key, fields], i) => {
        expect(key.startsWith(`${summary.devices[i]?.idstr} (`)).toBe(true);
        expect(agrees(summary.devices[i]?.fields, fields), key).toBeNull();
      });
    });

    it("gives every byte to exactly one span, and then reads the same", () => {
      let at = 0;
      const span = ({ start, end }: Span) => {
        expect(start).toBe(at);
        at = end;
      };
      const traced = summarise(data, { span });
      expect(at).toBe(data.length);
      expect(traced.ram).toEqual(summary.ram);
      expect(traced.sections).toEqual(summary.sections);
    });
  });
}

suite("fixture", fixtures);
suite("shared", foreign);

it.skipIf(foreign.length === 0)("has the recordings with the firmware of others beside it", () => {
  expect(foreign.length).toBeGreaterThan(2);
});
