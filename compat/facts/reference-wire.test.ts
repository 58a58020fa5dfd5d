import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { linesOfQemu } from "../releases.ts";
import type { ErrorText } from "./error-text.ts";
import { type Fact, valueAt } from "./fact.ts";
import { FACTS } from "./index.ts";
import { CHUNK_FLAGS } from "./qemu/dirty-bitmap/dirty-bitmap-flags.ts";
import { MULTIFD_GENERATION, MULTIFD_PACKET_PAGES } from "./qemu/multifd/multifd.ts";
import { MULTIFD_FLAGS, MULTIFD_MAGIC, MULTIFD_VERSION } from "./qemu/multifd/multifd-flags.ts";
import { MULTIFD_DEVICE_STATE, MULTIFD_METHOD_MASK } from "./qemu/multifd/multifd-payload.ts";
import * as commands from "./qemu/postcopy/commands.ts";
import { MIGRATION_STATES } from "./qemu/postcopy/migration-states.ts";
import { RAM_FLAGS } from "./qemu/ram/ram-flags.ts";
import {
  RETURN_PATH_BUFFER,
  RETURN_PATH_MESSAGES,
  RETURN_PATH_NUMBERS,
} from "./qemu/return-path/return-path.ts";
import { SECTION_TYPES } from "./qemu/stream/section-types.ts";
import { holdsAt } from "./subjects.ts";

const FILE = new URL("../../../shared/reference/qemu-wire-history.json", import.meta.url);

type Numbers = Readonly<Record<string, number>>;
type PerRelease<T> = Readonly<Record<string, T>>;

interface Numbered {
  readonly enum: Numbers;
  readonly expected_length: Numbers;
}

interface TextCase {
  readonly case?: string;
  readonly check?: string;
  readonly releases: string;
  readonly error_format?: string;
  readonly text?: string | readonly string[];
  readonly note?: string;
}

interface Reference {
  readonly return_path_messages: {
    readonly reader_buffer_bytes: { readonly value: number };
    readonly per_release: PerRelease<Numbered & { readonly MIG_RP_MSG_MAX: number }>;
    readonly handling: readonly TextCase[];
  };
  readonly commands: { readonly per_release: PerRelease<Numbered>; readonly errors: readonly TextCase[] };
  readonly section_types: { readonly per_release_constants: PerRelease<Numbers> };
  readonly ram_flags: { readonly per_release: PerRelease<Numbers>; readonly errors: readonly TextCase[] };
  readonly multifd: {
    readonly per_release_constants: PerRelease<Readonly<Record<string, string>>>;
    readonly init_packet: readonly { readonly releases: string; readonly size?: number }[];
    readonly data_packet: readonly { readonly releases: string; readonly header_bytes?: number }[];
    readonly init_validation: readonly TextCase[];
    readonly data_validation: readonly TextCase[];
  };
  readonly dirty_bitmap: { readonly chunk_flags: { readonly values: Numbers } };
  readonly postcopy_recovery: {
    readonly states_since: readonly { readonly state: string; readonly since: string }[];
  };
}

const LINES = linesOfQemu().slice(linesOfQemu().indexOf("2.5"));

const at = <T>(facts: readonly Fact<T>[], version: string): readonly T[] =>
  facts.filter((fact) => holdsAt(fact, version)).map(({ value }) => value);

/** The numbers of an enum of QEMU's without its ends, and the lengths where they are fixed. */
function numbered(theirs: Numbered | undefined, prefix: string): readonly string[] {
  return Object.entries(theirs?.enum ?? {})
    .map(([name, number]) => [name.slice(prefix.length), number, theirs?.expected_length[name] ?? 0] as const)
    .filter(([name]) => name !== "INVALID" && name !== "MAX")
    .map(([name, number, length]) => `${number} ${name} ${length}`)
    .toSorted();
}

describe.skipIf(!existsSync(FILE))("the wire in the reference", () => {
  const reference: Reference = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : undefined;

  it.each(LINES)("has the same messages of the return path in %s", (version) => {
    const theirs = reference.return_path_messages.per_release[version];
    const ours = at(RETURN_PATH_MESSAGES, version).map(
      ({ type, name, length }) => `${type} ${name} ${length ?? -1}`,
    );
    expect(ours.toSorted()).toEqual(numbered(theirs, "MIG_RP_MSG_"));
    expect(valueAt(RETURN_PATH_NUMBERS, version, "later")).toBe(theirs?.MIG_RP_MSG_MAX);
    expect(valueAt(RETURN_PATH_BUFFER, version, "later")).toBe(
      reference.return_path_messages.reader_buffer_bytes.value,
    );
  });

  it.each(LINES)("has the same commands in %s", (version) => {
    const ours = Object.values(commands)
      .flatMap((chapters) => at(chapters, version))
      .map(({ command, name, length }) => `${command} ${name} ${length ?? -1}`);
    const theirs = numbered(reference.commands.per_release[version], "MIG_CMD_").map((line) =>
      // It has no entry in QEMU's table, so that its name is a null pointer.
      line.replace(/ENABLE_COLO|DEPRECATED_0/, "(null)"),
    );
    expect(ours.toSorted()).toEqual(theirs);
  });

  it.each(LINES)("has the same section types in %s", (version) => {
    const theirs = reference.section_types.per_release_constants[version] ?? {};
    const ours = at(SECTION_TYPES, version).map(({ name, type }) => [`QEMU_VM_${name}`, type]);
    const types = Object.entries(theirs).filter(
      // 66 is no section type but the number of a ping.
      ([name, type]) => !name.startsWith("QEMU_VM_FILE_") && type !== 66,
    );
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(types));
  });

  it.each(LINES)("has the same RAM flags in %s", (version) => {
    const ours = at(RAM_FLAGS, version).map(({ flag, name }) => `${flag} ${name}`);
    const theirs = Object.entries(reference.ram_flags.per_release[version] ?? {}).map(
      ([name, flag]) => `${flag} ${name === "COMPRESS" ? "ZERO" : name}`,
    );
    expect(ours.toSorted()).toEqual(theirs.toSorted());
  });

  it.each(LINES)("has the same constants of multifd in %s", (version) => {
    const theirs = reference.multifd.per_release_constants[version];
    if (!theirs) return expect(valueAt(MULTIFD_MAGIC, version, "later")).toBeUndefined();
    expect(valueAt(MULTIFD_MAGIC, version, "later")).toBe(numberOf(theirs.MULTIFD_MAGIC));
    expect(valueAt(MULTIFD_VERSION, version, "later")).toBe(numberOf(theirs.MULTIFD_VERSION));
    expect(valueAt(MULTIFD_METHOD_MASK, version, "later")).toBe(
      numberOf(theirs.MULTIFD_FLAG_COMPRESSION_MASK),
    );
    expect(valueAt(MULTIFD_DEVICE_STATE, version, "later")?.flag).toBe(
      numberOf(theirs.MULTIFD_FLAG_DEVICE_STATE),
    );
    const pages = valueAt(MULTIFD_PACKET_PAGES, version, "later");
    expect(typeof pages === "number" ? pages : undefined).toBe(numberOf(theirs.MULTIFD_PACKET_SIZE));
    for (const { name, flag } of at(MULTIFD_FLAGS, version))
      expect(flag, name).toBe(numberOf(theirs[`MULTIFD_FLAG_${name}`]));
    const flags = Object.keys(theirs).filter((name) =>
      /^MULTIFD_FLAG_(?!COMPRESSION_MASK|NOCOMP)/.test(name),
    );
    expect(at(MULTIFD_FLAGS, version)).toHaveLength(flags.length);
  });

  it("has packets of multifd of the same length", () => {
    const { init_packet, data_packet } = reference.multifd;
    for (const { releases, size } of init_packet)
      expect(valueAt(MULTIFD_GENERATION, firstOf(releases), "later")?.init).toBe(size);
    for (const { releases, header_bytes } of data_packet) {
      // Packets of device state are a kind of their own.
      if (header_bytes === 276) expect(valueAt(MULTIFD_DEVICE_STATE, "10.0", "later")?.length).toBe(276);
      else if (header_bytes !== undefined)
        expect(valueAt(MULTIFD_GENERATION, firstOf(releases), "later")?.head).toBe(header_bytes);
    }
  });

  it("has the same flags of dirty bitmaps", () => {
    const ours = CHUNK_FLAGS.map(({ value }) => [value.name, value.flag]);
    expect(Object.fromEntries(ours)).toEqual(reference.dirty_bitmap.chunk_flags.values);
  });

  it.each(LINES)("has the same states of a migration in %s", (version) => {
    const theirs = reference.postcopy_recovery.states_since.filter(
      ({ since }) => LINES.indexOf(since) <= LINES.indexOf(version),
    );
    expect(at(MIGRATION_STATES, version).toSorted()).toEqual(theirs.map(({ state }) => state).toSorted());
  });

  it("has the error texts of the same releases", () => {
    const { return_path_messages, commands: command, ram_flags, multifd } = reference;
    const cases = [
      ...return_path_messages.handling,
      ...command.errors,
      ...ram_flags.errors,
      ...multifd.init_validation,
      ...multifd.data_validation,
    ];
    const ours = FACTS.flat().filter(isText);
    let compared = 0;
    const missing = cases.flatMap(({ error_format, text, releases, note }) =>
      [error_format ?? text ?? []].flat().flatMap((template) => {
        const [from, to] = rangeOf(releases);
        const signed = note === "%d instead of %u before 7.0";
        const wanted = (version: string) =>
          plain(signed && version === from ? template.replaceAll("%u", "%d") : template);
        if (DIFFERENT.includes(template)) return [];
        compared += 1;
        return [from, to]
          .filter((version) => !ours.some((fact) => holdsAt(fact, version) && says(fact, wanted(version))))
          .map((version) => `${version}: ${template}`);
      }),
    );
    expect(missing).toEqual([]);
    expect(compared).toBeGreaterThan(45);
  });
});

/** Texts that the reference shortens or comments on. */
const DIFFERENT: readonly string[] = [
  "%s: Misaligned page request, start: ... len: %zd",
  "MIG_RP_MSG_REQ_PAGES: Misaligned page request, start: ... len: %zd",
  "Mismatched RAM page size %s (local) %zd != %PRId64",
  "Mismatched GPAs for block %s ...",
  "multifd: received channel version %u expected %u (%d before 7.0)",
  "multifd: offset too long %PRIu64 (max RAM_ADDR_FMT)",
];

function isText(fact: Fact<unknown>): fact is Fact<ErrorText> {
  return typeof fact.value === "object" && fact.value !== null && "template" in fact.value;
}

function says({ value }: Fact<ErrorText>, wanted: string): boolean {
  const template = plain(value.template);
  // Ours name the function where theirs have the %s of __func__.
  return template === wanted || (wanted.startsWith("%s: ") && template.endsWith(wanted.slice(2)));
}

function plain(template: string): string {
  return template.replace(/%([0#-]*\d*)(?:hh|h|ll|l|z|j)?([dux])/g, "%$1$2");
}

function rangeOf(releases: string): readonly [from: string, to: string] {
  const [from = "", to = ""] = /^([\d.]*)-?([\d.]*)$/.exec(releases)?.slice(1) ?? [];
  const first = from === "" ? "2.5" : from;
  return [first, to !== "" ? to : releases.includes("-") || releases === "all" ? "11.1" : first];
}

function numberOf(source: string | undefined): number | undefined {
  if (source === undefined) return undefined;
  const [, a, op, b] = /^\(?(0x[0-9a-f]+|\d+)U? ?(<<|\*)? ?(\d+)?\)?$/i.exec(source) ?? [];
  if (op === "<<") return Number(a) * 2 ** Number(b);
  return op === "*" ? Number(a) * Number(b) : Number(a);
}

function firstOf(releases: string): string {
  return /^[\d.]+/.exec(releases)?.[0] ?? "";
}
