import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { linesOfQemu } from "../releases.ts";
import { type Fact, valueAt } from "./fact.ts";
import { FACTS } from "./index.ts";
import { DEPRECATED_UP_TO } from "./qemu/machines/deprecated-machines.ts";
import { MACHINES_BESIDE } from "./qemu/machines/machine-names.ts";
import { X86_MACHINES } from "./qemu/machines/machines.ts";
import * as pcMachines from "./qemu/machines/pc-machines.ts";
import {
  CHANNELS_2_TO_4,
  CHANNELS_4_TO_2,
  NONE_TO_ZLIB,
  ZLIB_TO_NONE,
} from "./qemu/multifd/multifd-mismatch.ts";
import { MAPPED_FIELDS, MAPPED_HEADER, MAPPED_PAGES_AT } from "./qemu/ram/mapped-ram-layout.ts";
import { FD_OF_FILE, FILE_URI, FILE_URI_OFFSET, FILE_URI_OPENS } from "./qemu/stream/file-uri.ts";
import { holdsAt } from "./subjects.ts";

const FILE = new URL("../../../shared/reference/qemu-wire-history.json", import.meta.url);

type PerRelease<T> = Readonly<Record<string, T>>;

interface Reference {
  readonly machine_types: {
    readonly defined_in_source: PerRelease<PerRelease<readonly string[]>>;
    readonly registered_minimum: PerRelease<string>;
    readonly deprecated_up_to: PerRelease<string>;
    readonly older_removals: readonly { readonly types: string; readonly removed?: string }[];
  };
  readonly mapped_ram: {
    readonly since: string;
    readonly header: {
      readonly size: number;
      readonly fields: readonly {
        readonly off: number;
        readonly size: number;
        readonly name: string;
        readonly value?: number;
      }[];
    };
    readonly alignment: { readonly pages_offset: string };
    readonly errors: readonly string[];
  };
  readonly file_formats: {
    readonly file_uri: {
      readonly since: string;
      readonly syntax: string;
      readonly bad_offset_error: string;
      readonly open_flags: readonly { readonly releases: string; readonly text: string }[];
    };
    readonly fd_on_plain_file: { readonly deprecated: string; readonly removed: string };
  };
  readonly multifd: {
    readonly mismatch_observed: {
      readonly rows: readonly {
        readonly release: string;
        readonly source: string;
        readonly dest: string;
        readonly result: string;
      }[];
    };
  };
}

const ALL = linesOfQemu();
const LINES = ALL.slice(ALL.indexOf("2.5"));

describe.skipIf(!existsSync(FILE))("formats and machines in the reference", () => {
  const reference: Reference = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : undefined;

  it.each(LINES)("has the same machine types in %s", (version) => {
    const { defined_in_source, registered_minimum } = reference.machine_types;
    const lowest = registered_minimum[version] ?? "0.10";
    const theirs = Object.values(defined_in_source[version] ?? {})
      .flat()
      .filter((name) => isFrom(lowest, /-([\d.]+)$/.exec(name)?.[1] ?? ""));
    const rows = [pcMachines.PC, pcMachines.PC_I440FX, pcMachines.PC_Q35].flatMap((chapters) => {
      const one = valueAt(chapters, version, "later");
      if (!one) return [];
      const last = one.prefix === "pc-" ? "1.3" : version;
      return ALL.slice(ALL.indexOf(one.oldest), ALL.indexOf(last) + 1).map((line) => one.prefix + line);
    });
    const beside = MACHINES_BESIDE.filter((fact) => holdsAt(fact, version)).map(({ value }) => value);
    expect([...rows, ...beside].toSorted()).toEqual(theirs.toSorted());
  });

  it("has the same machine types in the releases that ran", () => {
    for (const { since, value } of X86_MACHINES) {
      if (typeof since !== "string") throw new TypeError("a release that ran is known exactly");
      for (const { prefix, oldest, newest } of value.families) {
        const chapters = [pcMachines.PC, pcMachines.PC_I440FX, pcMachines.PC_Q35].find(
          (facts) => facts[0]?.value.prefix === prefix,
        );
        expect(valueAt(chapters ?? [], since, "later")?.oldest, `${prefix} in ${since}`).toBe(oldest);
        expect(newest).toBe(prefix === "pc-" ? "1.3" : since);
      }
    }
  });

  it("calls the same machine types deprecated", () => {
    const theirs = reference.machine_types.deprecated_up_to;
    for (const version of LINES)
      expect(valueAt(DEPRECATED_UP_TO, version, "later"), version).toBe(theirs[version]);
  });

  it("has the header of mapped-ram", () => {
    const { since, header, alignment, errors } = reference.mapped_ram;
    const ours = valueAt(MAPPED_HEADER, since, "later");
    expect(MAPPED_HEADER[0]?.since).toBe(since);
    expect(ours?.length).toBe(header.size);
    expect(ours?.version).toBe(header.fields.find(({ name }) => name === "version")?.value);
    expect(MAPPED_FIELDS.map(({ value }) => value)).toEqual(
      header.fields.map(({ name, off, size }) => ({ name, offset: off, length: size })),
    );
    const aligned = /0x[0-9a-f]+/.exec(alignment.pages_offset)?.[0];
    expect(valueAt(MAPPED_PAGES_AT, since, "later")).toBe(Number(aligned));
    expect(errors.filter((template) => !templates.includes(plain(template)))).toEqual([]);
  });

  it("has the same rules for files", () => {
    const { file_uri, fd_on_plain_file } = reference.file_formats;
    expect([FILE_URI[0]?.since, FILE_URI[0]?.value]).toEqual([file_uri.since, file_uri.syntax]);
    // The text of the errno follows, which error_setg_errno() adds.
    expect(FILE_URI_OFFSET[0]?.value.template).toBe(`${file_uri.bad_offset_error}: %s`);
    for (const { releases, text } of file_uri.open_flags) {
      const from = /^[\d.]+/.exec(releases)?.[0] ?? "";
      const empties = text.startsWith("O_TRUNC");
      expect(valueAt(FILE_URI_OPENS, from, "later")).toBe(empties ? "emptied" : "kept-before-offset");
    }
    expect(FD_OF_FILE.map(({ since }) => since)).toEqual([
      "2.5",
      fd_on_plain_file.deprecated,
      fd_on_plain_file.removed,
    ]);
  });

  it("saw the same mismatches of multifd", () => {
    const chapters = {
      "zlib none": ZLIB_TO_NONE,
      "none zlib": NONE_TO_ZLIB,
      "4 channels 2 channels": CHANNELS_4_TO_2,
      "2 channels 4 channels": CHANNELS_2_TO_4,
    };
    let compared = 0;
    for (const { release, source, dest, result } of reference.multifd.mismatch_observed.rows) {
      const facts = Object.entries(chapters).find(([sides]) => sides === `${source} ${dest}`)?.[1];
      for (const version of facts ? release.split(", ") : []) {
        const ours = valueAt(facts ?? [], version, "later");
        expect(result, version).toMatch(DESTINATION[ours?.destination ?? "exits"]);
        if (ours?.source) expect(result.toLowerCase(), version).toMatch(SOURCE[ours.source]);
        if (ours?.text !== undefined) expect(`failed to receive packet via ${result}`).toContain(ours.text);
        compared += 1;
      }
    }
    expect(compared).toBe(16);
  });
});

const DESTINATION = {
  exits: /dest exit 1/,
  hangs: /dest main thread hung|dest QMP dead|dest hung|dest waits for ever/,
  active: /stays active/,
};
const SOURCE = {
  completed: /source completed/,
  failed: /source failed/,
  setup: /source setup/,
};

/** Whether a machine type's number is `lowest` or later. */
function isFrom(lowest: string, number: string): boolean {
  const line = /^\d+\.\d+/.exec(number)?.[0] ?? "";
  return ALL.indexOf(line) >= ALL.indexOf(lowest);
}

const templates = FACTS.flat()
  .filter(
    (fact): fact is Fact<{ readonly template: string }> =>
      typeof fact.value === "object" && fact.value !== null && "template" in fact.value,
  )
  .map(({ value }) => plain(value.template));

/** Without the lengths of integers, and with signs alike. */
function plain(template: string): string {
  return template.replace(/%(?:ll|l|z)?[du]/g, "%u");
}
