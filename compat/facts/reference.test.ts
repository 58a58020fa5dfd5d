import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findRelease, linesOfQemu } from "../releases.ts";
import { type Fact, reached, valueAt } from "./fact.ts";
import { FACTS } from "./index.ts";
import * as pcMachines from "./qemu/machines/pc-machines.ts";
import type { Capability } from "./qemu/settings/capability.ts";
import type { CompatProperty } from "./qemu/settings/compat-properties.ts";
import type { Parameter } from "./qemu/settings/parameter.ts";

const FILE = new URL("../../../shared/reference/qemu-wire-history.json", import.meta.url);

interface Reference {
  readonly releases: { readonly list: readonly { readonly version: string; readonly date: string | null }[] };
  readonly capabilities: {
    readonly per_release_names: Readonly<Record<string, readonly string[]>>;
    readonly check_rules: readonly { readonly error: string }[];
  };
  readonly parameters: {
    readonly per_release_names: Readonly<Record<string, readonly string[]>>;
    readonly list: readonly {
      readonly name: string;
      readonly default: unknown;
      readonly range?: string;
      readonly since: string;
    }[];
  };
  readonly compat_properties: {
    readonly per_release_hw_compat_migration_entries: Readonly<
      Record<string, Readonly<Record<string, object>>>
    >;
    readonly properties: readonly {
      readonly name?: string;
      readonly default?: unknown;
      readonly compat?: string;
    }[];
  };
  readonly machine_types: {
    readonly registered_minimum: Readonly<Record<string, string>>;
    readonly defined_in_source: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  };
}

const LINES = linesOfQemu().slice(linesOfQemu().indexOf("2.5"));
const chaptersOf = <T>(prefix: string) =>
  FACTS.filter((facts) => facts[0]?.id.startsWith(prefix)) as readonly (readonly Fact<T>[])[];
const namesAt = (prefix: string, version: string) =>
  chaptersOf<{ readonly name: string }>(prefix)
    .flatMap((chapters) => valueAt(chapters, version, "later")?.name ?? [])
    .toSorted();

/** Where ours differs from the reference, because of what was run or read. */
const DIFFERENT = {
  // The text of x-multifd-page-count, and a default that changed, stand in words there.
  defaults: [
    "max-bandwidth",
    "x-checkpoint-delay",
    "zero-page-detection",
    "block-bitmap-mapping",
    "cpr-exec-command",
  ],
  // Two chapters here, since 4.0 under this name.
  names: ["x-multifd-channels"],
};

describe.skipIf(!existsSync(FILE))("the reference", () => {
  const reference: Reference = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : undefined;

  it("dates the first release of each line as we do", () => {
    for (const { version, date } of reference.releases.list)
      if (date !== null) expect(findRelease("qemu", version)?.date, version).toBe(date);
    expect(reference.releases.list.length).toBeGreaterThan(30);
  });

  it.each(LINES)("has the same capabilities in %s", (version) => {
    expect(namesAt("qemu/capabilities/", version)).toEqual(
      reference.capabilities.per_release_names[version]?.toSorted(),
    );
  });

  it.each(LINES)("has the same parameters in %s", (version) => {
    expect(namesAt("qemu/parameters/", version)).toEqual(
      reference.parameters.per_release_names[version]?.toSorted(),
    );
  });

  it("has the same defaults and ranges", () => {
    let compared = 0;
    for (const { name, since, range, ...theirs } of reference.parameters.list) {
      const value = chaptersOf<Parameter>("qemu/parameters/")
        .flatMap((chapters) => valueAt(chapters, since, "later") ?? [])
        .find((one) => one.name === name);
      expect(value, name).toBeDefined();
      if (!DIFFERENT.defaults.includes(name))
        expect(value?.default, name).toBe(theirs.default === '""' ? "" : theirs.default);
      const [, min, max] = /^(\d+)\.\.(\d+)/.exec(range ?? "") ?? [];
      if (min === undefined) continue;
      expect([value?.min, value?.max], name).toEqual([Number(min), Number(max)]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(15);
  });

  it("has the text of every rule between capabilities that is ours", () => {
    const theirs = reference.capabilities.check_rules.map(({ error }) => error);
    const ours = chaptersOf<{ readonly template: string }>("qemu/capability-rules/").flatMap((chapters) =>
      chapters.map(({ value }) => value.template),
    );
    expect(ours.filter((template) => !theirs.includes(template))).toEqual([]);
    const missing = theirs.filter((error) => !ours.includes(error));
    // These are said by `migrate`, not by migrate-set-capabilities.
    expect(missing).toEqual([
      "Cannot use TLS with mapped-ram | Cannot use compression with mapped-ram",
      "migrate_rdma_caps_check() message per capability",
      "Cannot use %s with CPR",
      "Postcopy recovery cannot work when release-ram capability is set",
    ]);
  });

  it("has the same compatibility properties", () => {
    for (const { name, default: value } of reference.compat_properties.properties) {
      if (name === undefined || name.includes(" ")) continue;
      const ours = chaptersOf<CompatProperty>("qemu/compat-properties/").flat();
      const one = ours.find((fact) => fact.value.name === name);
      expect(one?.value.default, name).toBe(value);
    }
  });

  it.each(LINES)("has the same oldest machine types in %s", (version) => {
    const { defined_in_source, registered_minimum } = reference.machine_types;
    const defined = Object.values(defined_in_source[version] ?? {}).flat();
    for (const chapters of Object.values(pcMachines)) {
      const one = valueAt(chapters, version, "later");
      const prefix = chapters[0]?.value.prefix ?? "";
      if (!one) expect(defined.filter((name) => new RegExp(`^${prefix}\\d`).test(name))).toEqual([]);
      else if (reached("10.1", version, "later")) expect(one.oldest).toBe(registered_minimum[version]);
      else {
        const first = defined.find((name) => new RegExp(`^${prefix}\\d`).test(name));
        expect(first).toBe(prefix + one.oldest);
      }
    }
  });

  it("knows every capability by the stage its name tells", () => {
    for (const { value, id } of chaptersOf<Capability>("qemu/capabilities/").flat())
      expect(value.stage === "experimental", id).toBe(value.name.startsWith("x-"));
  });
});
