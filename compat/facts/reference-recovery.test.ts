import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { linesOfQemu } from "../releases.ts";
import { type Fact, valueAt } from "./fact.ts";
import { FACTS } from "./index.ts";
import { MIGRATION_STATES } from "./qemu/postcopy/migration-states.ts";
import { POSTCOPY_PINGS } from "./qemu/postcopy/postcopy-pings.ts";
import { RECOVERY_STATES } from "./qemu/postcopy/recovery.ts";
import { RECOVERY_EVENTS, RECOVERY_HEADER } from "./qemu/postcopy/recovery-steps.ts";
import { RECOVERY_TRANSITIONS, type Transition } from "./qemu/postcopy/recovery-transitions.ts";
import { BREAK_PAUSES_READER } from "./qemu/return-path/return-path-state.ts";
import { holdsAt } from "./subjects.ts";

const FILE = new URL("../../../shared/reference/qemu-wire-history.json", import.meta.url);

interface Step {
  readonly side: "src" | "dst";
  readonly from: string;
  readonly to: string;
}

interface Reference {
  readonly return_path_messages: {
    readonly io_error_pauses_rp_thread: readonly { readonly releases: string; readonly rule: string }[];
  };
  readonly postcopy: {
    readonly pings: readonly { readonly value: number; readonly since?: string }[];
  };
  readonly postcopy_recovery: {
    readonly transitions_per_release: Readonly<
      Record<string, { readonly added: readonly Step[]; readonly removed: readonly Step[] }>
    >;
    readonly resume_without_header: string;
    readonly event_sequences_seen: readonly {
      readonly release?: string;
      readonly source?: string;
      readonly dest?: string;
    }[];
  };
  readonly recv_bitmap: {
    readonly since: string;
    readonly errors: readonly {
      readonly where: string;
      readonly releases: string;
      readonly text: readonly string[];
    }[];
  };
}

const LINES = linesOfQemu().slice(linesOfQemu().indexOf("2.5"));
const OF_RECOVERY = /^POSTCOPY_(PAUSED|RECOVER)/;

/** Theirs where a status is a constant; a variable stands for several. */
const statusOf = (name: string) => (/^[A-Z_]+$/.test(name) ? name.toLowerCase().replaceAll("_", "-") : "*");
const stepOf = ({ side, from, to }: Transition) => `${side} ${from.length > 1 ? "*" : from.join()} ${to}`;

describe.skipIf(!existsSync(FILE))("recovery in the reference", () => {
  const reference: Reference = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : undefined;

  function stepsAt(version: string): readonly string[] {
    const steps = new Set<string>();
    for (const [release, { added, removed }] of Object.entries(
      reference.postcopy_recovery.transitions_per_release,
    )) {
      const keyOf = ({ side, from, to }: Step) =>
        `${side === "src" ? "source" : "destination"} ${statusOf(from)} ${statusOf(to)}`;
      for (const one of removed) if (isOfRecovery(one)) steps.delete(keyOf(one));
      for (const one of added) if (isOfRecovery(one)) steps.add(keyOf(one));
      if (release === version) break;
    }
    return [...steps].toSorted();
  }

  const isOfRecovery = ({ from, to }: Step) => OF_RECOVERY.test(from) || OF_RECOVERY.test(to);

  it.each(LINES)("has the same steps in %s", (version) => {
    const ours = RECOVERY_TRANSITIONS.filter((fact) => holdsAt(fact, version))
      // There both statuses are variables.
      .filter(({ id }) => id !== "qemu/recovery/transition/source/setup-fails")
      .map(({ value }) => stepOf(value));
    expect(ours.toSorted()).toEqual(stepsAt(version));
  });

  it.each(LINES)("goes by steps that the facts know in %s", (version) => {
    const states = valueAt(RECOVERY_STATES, version, "later") ?? [];
    const steps = RECOVERY_TRANSITIONS.filter((fact) => holdsAt(fact, version)).map(({ value }) => value);
    for (const [i, to] of states.entries()) {
      const from = states[i - 1];
      if (from === undefined) continue;
      const found = steps.filter((step) => step.side === "source" && step.to === to);
      expect(
        found.some((step) => step.from.includes(from)),
        `${from} to ${to}`,
      ).toBe(true);
    }
    const known = MIGRATION_STATES.filter((fact) => holdsAt(fact, version)).map(({ value }) => value);
    expect(steps.flatMap(({ from, to }) => [...from, to]).filter((one) => !known.includes(one))).toEqual([]);
  });

  it("saw the same events", () => {
    const seen = reference.postcopy_recovery.event_sequences_seen;
    const written = (release: string) => seen.find((one) => one.release === release);
    let compared = 0;
    for (const { release, source, dest } of seen) {
      if (release === undefined) continue;
      const other = /^as (\S+)/.exec(source ?? "")?.[1];
      const theirs = other === undefined ? { source, dest } : written(other);
      const ours = valueAt(RECOVERY_EVENTS, release, "later");
      expect(ours?.source.join(" "), release).toBe(theirs?.source);
      expect(ours?.destination.join(" "), release).toBe(theirs?.dest);
      compared += 1;
    }
    expect(compared).toBe(4);
  });

  it("pings with the same numbers", () => {
    for (const version of LINES) {
      const theirs = reference.postcopy.pings.filter(
        ({ since = "2.5" }) => LINES.indexOf(since) <= LINES.indexOf(version),
      );
      expect(valueAt(POSTCOPY_PINGS, version, "later")?.toSorted(), version).toEqual(
        theirs.map(({ value }) => value).toSorted(),
      );
    }
  });

  it("lets the reader of the return path wait for the same errors", () => {
    for (const { releases, rule } of reference.return_path_messages.io_error_pauses_rp_thread) {
      const ours = valueAt(BREAK_PAUSES_READER, /^[\d.]+/.exec(releases)?.[0] ?? "", "later");
      const theirs = rule.includes("never") ? "never" : rule.includes("any error") ? "error" : "io-error";
      const where = rule.includes("and state is postcopy") ? "-in-postcopy" : "";
      expect(ours, releases).toBe(theirs + where);
    }
    expect(BREAK_PAUSES_READER).toHaveLength(reference.return_path_messages.io_error_pauses_rp_thread.length);
  });

  it("begins without a header", () => {
    expect(reference.postcopy_recovery.resume_without_header).toContain("no QEVM magic");
    expect(valueAt(RECOVERY_HEADER, reference.recv_bitmap.since, "later")).toBe("none");
  });

  it("has the texts for bitmaps that are wrong", () => {
    const ours = FACTS.flat().filter(
      (fact): fact is Fact<{ readonly template: string }> =>
        typeof fact.value === "object" && fact.value !== null && "template" in fact.value,
    );
    const missing = reference.recv_bitmap.errors.flatMap(({ releases, text }) => {
      const [, from = "", to = ""] = /^([\d.]+)-([\d.]*)$/.exec(releases) ?? [];
      return [from, to === "" ? "11.1" : to].flatMap((version) => {
        const said = ours.filter((fact) => holdsAt(fact, version)).map(({ value }) => plain(value.template));
        return (
          text
            // So until 5.1, as the reference itself notes.
            .filter((template) => version === from || !template.includes("PRIu64"))
            .filter(
              (template) => !said.some((one) => one === plain(template) || one.endsWith(tailOf(template))),
            )
            .map((template) => `${version}: ${template}`)
        );
      });
    });
    expect(missing).toEqual([]);
  });
});

/** Without the lengths of integers. */
function plain(template: string): string {
  return template
    .replace(/%PRIu64/g, "%u")
    .replace(/%PRIx64/g, "%x")
    .replace(/%([0#-]*\d*)(?:hh|h|ll|l|z|j)?([dux])/g, "%$1$2");
}

/** Ours name the function where theirs have the %s of __func__. */
function tailOf(template: string): string {
  return plain(template).replace(/^%s/, "");
}
