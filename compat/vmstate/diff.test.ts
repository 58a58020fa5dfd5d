import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dump } from "./description.ts";
import { diffVmstate } from "./diff.ts";
import { parseDump } from "./parse-dump.ts";
import { VMSTATE_WORDINGS } from "./wording.ts";

function dumpOf(release: string): Dump {
  const file = new URL(`../../fixtures/vmstate/dump-vmstate-${release}.json.gz`, import.meta.url);
  const { dump } = parseDump(gunzipSync(readFileSync(file)).toString());
  if (!dump) throw new Error(release);
  return dump;
}

const RELEASES = ["5.2", "7.2", "10.0", "11.1"];
const pairs = RELEASES.flatMap((from) => RELEASES.map((to) => [from, to] as const));

interface Field {
  readonly field: string;
  readonly size: number;
  readonly version_id?: number;
  readonly field_exists?: boolean;
  readonly num?: number;
}

function dumpWith(fields: readonly Field[], more: object = {}): Dump {
  const Fields = [{ field: "first", size: 4, version_id: 0, num: 1 }, ...fields].map((field) => ({
    version_id: 0,
    ...field,
  }));
  const Description = { name: "thing", version_id: 1, minimum_version_id: 1, Fields, ...more };
  const { dump } = parseDump(JSON.stringify({ thing: { Description } }));
  if (!dump) throw new Error("no dump");
  return dump;
}

const rules = (from: Dump, to: Dump) => diffVmstate(from, to).map(({ rule, level }) => `${level} ${rule}`);

describe("dumps of releases that migrate to each other", () => {
  /** What QEMU of these releases really refuses: seen running. */
  const REFUSED = /^(?:am53c974|isa-vga|nvme): /;

  it.each(pairs)("%s to %s: no error for devices that do", (from, to) => {
    const findings = diffVmstate(dumpOf(from), dumpOf(to));
    const errors = findings.filter(({ level, path }) => level === "error" && !REFUSED.test(path));
    expect(errors).toEqual([]);
    for (const { rule, args } of findings) expect(VMSTATE_WORDINGS[rule]?.message(args)).toBeTruthy();
  });

  it("tells what was seen to break", () => {
    const found = (from: string, to: string) =>
      diffVmstate(dumpOf(from), dumpOf(to))
        .filter(({ level }) => level === "error")
        .map(({ rule, path }) => `${rule} ${path}`);
    expect(found("10.0", "11.1")).toEqual(["STATE_NAME_KEPT isa-vga: vga"]);
    expect(found("7.2", "5.2")).toContain("STATE_VERSION_NOT_NEWER am53c974: pciespscsi");
    expect(found("11.1", "10.0")).toContain("DEVICE_MIGRATABLE nvme: nvme");
  });

  it("counts only what a stream has", () => {
    const used = { has: (state: string) => state === "pckbd", hasSubsection: () => true };
    const findings = diffVmstate(dumpOf("10.0"), dumpOf("5.2"), used);
    expect(findings.map(({ rule, level }) => `${level} ${rule}`)).toEqual([
      "note FIELDS_REGROUPED",
      "error SUBSECTION_KNOWN",
    ]);
  });
});

describe("layouts", () => {
  it("are compared by bytes, not by names", () => {
    const plain = [
      { field: "a", size: 4 },
      { field: "b", size: 4 },
    ];
    expect(rules(dumpWith(plain), dumpWith(plain))).toEqual([]);
    expect(rules(dumpWith(plain), dumpWith([{ field: "both", size: 8 }]))).toEqual(["note FIELDS_REGROUPED"]);
    expect(rules(dumpWith(plain), dumpWith([{ field: "a", size: 4 }]))).toEqual(["error FIELDS_KEPT"]);
    expect(rules(dumpWith([{ field: "a", size: 4 }]), dumpWith([{ field: "a", size: 2 }]))).toEqual([
      "error FIELD_SIZE_KEPT",
    ]);
    const numbered = [{ field: "a", size: 4, num: 2 }];
    expect(rules(dumpWith(numbered), dumpWith([{ field: "a", size: 4, num: 3 }]))).toEqual([
      "error FIELD_SIZE_KEPT",
    ]);
  });

  it("warn of what is conditional, and read fields of the version that is sent", () => {
    const conditional = [{ field: "a", size: 4, field_exists: true }];
    expect(rules(dumpWith(conditional), dumpWith([]))).toEqual(["warning CONDITIONAL_FIELDS_AGREE"]);
    expect(rules(dumpWith([]), dumpWith(conditional))).toEqual([]);
    const newer = [{ field: "a", size: 4, version_id: 2 }];
    expect(rules(dumpWith([]), dumpWith(newer, { version_id: 2 }))).toEqual([]);
    expect(rules(dumpWith(newer, { version_id: 2 }), dumpWith([]))).toEqual([
      "error STATE_VERSION_NOT_NEWER",
    ]);
    expect(rules(dumpWith([]), dumpWith([], { version_id: 3, minimum_version_id: 2 }))).toEqual([
      "error STATE_VERSION_NOT_TOO_OLD",
    ]);
  });
});

describe("what is no dump", () => {
  it.each([
    ["", "Unexpected end"],
    ['{"x":NaN}', "JSON"],
    [`${"[".repeat(100_000)}`, "deep"],
    ["[]", "not an object"],
    ["{}", "no device"],
    ['{"x":{"Description":{"name":"x","version_id":"1"}}}', "version_id"],
    [
      '{"x":{"Description":{"name":"x","version_id":1,"Fields":[{"field":"f","size":-1,"version_id":0}]}}}',
      "size",
    ],
  ])("is told: %#", (text, problem) => {
    const { dump, findings } = parseDump(text);
    expect(dump).toBeNull();
    expect(findings[0]).toMatchObject({ rule: "DUMP_WELL_FORMED", level: "error" });
    expect(String(findings[0]?.args.problem)).toContain(problem);
  });

  it("notices names that stand twice", () => {
    const { findings } = parseDump(
      '{"x":{"Description":{"name":"x","name":"y","version_id":1,"Fields":[]}}}',
    );
    expect(findings.map(({ rule }) => rule)).toEqual(["DUMP_NAME_UNIQUE"]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const { dump } = parseDump(`{"x":{"Description":${text}},"y":${text}}`);
        if (dump) diffVmstate(dump, dump);
      }),
    );
  });
});
