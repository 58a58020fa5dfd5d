import { describe, expect, it } from "vitest";
import type { LibvirtPrediction } from "../../compat/index.ts";
import { painter } from "../output.ts";
import { policyLines } from "./policy-table.ts";

const RESTORED: LibvirtPrediction = {
  libvirt: "9.0.0",
  qemu: "7.2.22",
  confidence: "observed",
  dumpxml: { outcome: "ok" },
  restore: { outcome: "runs", stage: "done" },
  managedStart: { outcome: "restored", file: "removed" },
  remarks: [],
};
const MAGIC = "operation failed: image magic is incorrect";
const REFUSED: LibvirtPrediction = {
  ...RESTORED,
  dumpxml: { outcome: "fails", error: MAGIC },
  restore: { outcome: "fails", error: MAGIC, stage: "open" },
  managedStart: { outcome: "fails", file: "kept", error: MAGIC },
};
const DELETED: LibvirtPrediction = {
  ...REFUSED,
  libvirt: "11.3.0",
  qemu: "10.0.13",
  managedStart: { outcome: "boots-fresh", file: "removed", log: "Ignoring incomplete managed state" },
};

const silent = { out: () => {}, err: () => {}, interactive: false };
const plain = painter({ ...silent, colour: false });
const coloured = painter({ ...silent, colour: true });
const shown = (...predictions: readonly LibvirtPrediction[]) =>
  policyLines(predictions, plain, { narrowed: false, short: false });

describe("the table of policies", () => {
  it("is one line where all releases restore the image", () => {
    const all = [RESTORED, { ...RESTORED, libvirt: "12.8.0" }];
    expect(shown(...all)).toBe(
      "  restores on all 2 generations of libvirt checked (as far as libvirt goes; the QEMU beside it must know its machine)\n",
    );
    expect(policyLines(all, plain, { narrowed: false, short: false, machine: "pc-i440fx-5.2" })).toContain(
      "must know machine pc-i440fx-5.2)\n",
    );
    expect(policyLines(all, plain, { narrowed: false, short: true })).toBe("");
  });

  it("is shown of the release that was asked for", () => {
    expect(policyLines([RESTORED], plain, { narrowed: true, short: true })).toBe(
      "     libvirt  with QEMU  virsh restore  virsh start (managed save)  as\n" +
        "     9.0.0    7.2.22     runs           runs                        observed\n",
    );
  });

  it("marks releases that do harm", () => {
    expect(shown(REFUSED, DELETED)).toBe(
      [
        "     libvirt since  with QEMU  virsh restore                    virsh start (managed save)  as",
        "     9.0.0          7.2.22     fails: image magic is incorrect  fails; file kept            observed",
        "  !  11.3.0         10.0.13    fails: image magic is incorrect  boots afresh; FILE DELETED  observed",
        "",
      ].join("\n"),
    );
    const lines = policyLines([REFUSED, DELETED], coloured, { narrowed: false, short: false }).split("\n");
    expect(lines[1]).not.toContain("\u001b");
    expect(lines[2]?.startsWith("  \u001b[31m!")).toBe(true);
    expect(lines[2]?.endsWith("observed\u001b[0m")).toBe(true);
  });

  it.each([
    ["hangs", { ...REFUSED, restore: { outcome: "hangs", stage: "restore" } }],
    ["libvirtd aborts", { ...REFUSED, restore: { outcome: "daemon-aborts", stage: "open" } }],
    [
      "says started, nothing runs; FILE DELETED",
      { ...REFUSED, managedStart: { outcome: "nothing-runs", file: "removed" } },
    ],
    ["boots afresh; FILE DELETED", DELETED],
  ] as const)("marks: %s", (words, prediction) => {
    const [, line] = shown(prediction as LibvirtPrediction).split("\n");
    expect(line).toMatch(/^ {2}!/);
    expect(line).toContain(words);
  });

  it("does not count releases that nobody runs, nor a managed save that there is not yet", () => {
    const old: LibvirtPrediction = {
      ...RESTORED,
      libvirt: "0.7.1",
      restore: { outcome: "hangs" },
      managedStart: { outcome: "absent", file: "kept" },
    };
    expect(shown(old, RESTORED)).toContain("restores on all 1 generation ");
    expect(shown(old, REFUSED).split("\n")[1]).toMatch(
      /! {2}0\.7\.1 .* hangs +has no managed save +observed$/,
    );
  });

  it("says what it does not know", () => {
    const unknown: LibvirtPrediction = {
      ...RESTORED,
      confidence: "unknown",
      restore: { outcome: "unknown" },
      managedStart: { outcome: "unknown", file: "unknown" },
    };
    expect(shown(unknown)).toMatch(/ 9\.0\.0 .* not known +not known +unknown\n$/);
  });

  it("puts neighbours that do the same into one row", () => {
    const older = { ...REFUSED, libvirt: "7.0.0", qemu: "5.2.0" };
    const between: LibvirtPrediction = { ...REFUSED, libvirt: "8.1.0", qemu: null, confidence: "modelled" };
    const lines = shown(older, between, REFUSED, DELETED).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^ +7\.0\.0 +5\.2\.0, 7\.2\.22 .* observed, modelled$/);
  });

  it("shortens errors, and lets none steer the terminal", () => {
    const error = `internal error: qemu unexpectedly closed the monitor: \u001b[31m${"x".repeat(200)}\nmore`;
    const [, line = ""] = shown({ ...REFUSED, restore: { outcome: "fails", error, stage: "restore" } }).split(
      "\n",
    );
    expect(line).toContain("fails: \\x1b[31mxxx");
    expect(line).toContain("…");
    expect(line).not.toContain("more");
    expect(line).not.toContain("\u001b");
  });
});
