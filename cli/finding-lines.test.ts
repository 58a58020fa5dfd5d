import { describe, expect, it } from "vitest";
import type { Finding } from "../codec/index.ts";
import { findingLines } from "./finding-lines.ts";
import type { Remark } from "./findings.ts";

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: "CAPTURE_GAP",
  level: "warning",
  subject: "",
  offset: 7,
  args: { length: 1, why: "snaplen" },
  ...more,
});
const on = (label: string | undefined, more: Partial<Finding> = {}): Remark => ({
  finding: finding(more),
  channel: null,
  ...(label === undefined ? {} : { label }),
});
const lines = (remarks: readonly Remark[], untold = {}) =>
  findingLines(remarks, (_, text) => text, untold)
    .trimEnd()
    .split("\n");

describe("findings for people", () => {
  it("say what several channels have in common once, with its hint", () => {
    const told = lines([on("main"), on("multifd 0"), on("multifd 1"), on("return path #2")]);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/^ {2}warning main, multifd 0, 1, return path #2 at 0x7 \(7\): 1 byte/);
    expect(told[1]).toMatch(/^ {4}\S/);
  });

  it("say hints once, and keep apart what differs", () => {
    const told = lines([
      on("main"),
      on("main", { offset: 9 }),
      on("multifd 0", { args: { length: 5 } }),
      on("multifd 1"),
    ]);
    expect(told.map((line) => line.replace(/: .*/, ""))).toEqual([
      "  warning main at 0x7 (7)",
      expect.stringMatching(/^ {4}/),
      "  warning main, multifd 1",
      "  warning multifd 0 at 0x7 (7)",
    ]);
  });

  it("join channels wherever they come between others, and only those of one level", () => {
    const other: Partial<Finding> = { rule: "TLS_OPAQUE", args: {} };
    const told = lines([
      on("TLS 0", other),
      on("main"),
      on("TLS 1", other),
      on("TLS 2", { ...other, level: "note" }),
    ]);
    expect(
      told.filter((line) => line.includes("TLS_OPAQUE")).map((line) => line.replace(/: .*/, "")),
    ).toEqual(["  warning TLS 0, 1 at 0x7 (7)", "  note TLS 2 at 0x7 (7)"]);
  });

  it("give no place to what is said of a whole channel", () => {
    expect(lines([on("main", { offset: 0 })])[0]).toMatch(/^ {2}warning main: /);
    expect(lines([on("main", { offset: 0, subject: "FileHeader" })])[0]).toContain(" at 0x0 (0): ");
  });

  it("are few, and the others are counted", () => {
    const many = Array.from({ length: 30 }, (_, i) => on(undefined, { offset: i + 1 }));
    const told = lines(many, { CAPTURE_GAP: 5, STREAM_RESUMED: 2 });
    expect(told).toHaveLength(8 + 1 + 2);
    expect(told.slice(-2)).toEqual(["  and 27 more [CAPTURE_GAP]", "  and 2 more [STREAM_RESUMED]"]);
    const labelled = lines(Array.from({ length: 40 }, (_, i) => on(`multifd ${i}`)));
    expect(labelled[0]).toContain("warning multifd 0–39 at 0x7");
  });

  it("do not let names steer the terminal", () => {
    expect(lines([on("\u001b[2J"), on("\u001b[3J")])[0]).toContain("\\x1b[2J, \\x1b[3J");
  });
});
