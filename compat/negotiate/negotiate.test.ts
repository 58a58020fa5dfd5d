import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../check/check.ts";
import type { Scenario } from "../check/scenario.ts";
import { DANGEROUS, type Verdict } from "../check/verdict.ts";
import { peerFromName, peerFromReplies } from "../inventory/index.ts";
import { type FeatureAnswer, negotiate, WantedError } from "../negotiate.ts";
import { FEATURES } from "./catalogue.ts";
import { scenariosWith, withNeeds } from "./scenario.ts";
import { wantedFeatures } from "./wanted.ts";

function between(from: string, to: string, want: readonly string[] = [], judge = check) {
  return negotiate({ source: peerFromName(from).peer, destination: peerFromName(to).peer, want, judge });
}

function answers(from: string, to: string): Readonly<Record<string, FeatureAnswer>> {
  return Object.fromEntries(between(from, to).features.map((each) => [each.feature, each]));
}

const VERSIONS = ["5.2.0", "7.2.22", "9.1", "11.1.3"];

describe("every feature", () => {
  it.each(VERSIONS.flatMap((from) => VERSIONS.map((to) => [from, to] as const)))(
    "from %s to %s has an answer that holds",
    (from, to) => {
      const { features, source, destination } = between(from, to);
      expect(features).toHaveLength(FEATURES.length);
      for (const { feature, answer, reasons, upgrade, settings } of features) {
        if (answer !== "yes") expect([feature, reasons.length]).not.toEqual([feature, 0]);
        if (upgrade) expect([feature, answer]).toEqual([feature, "not-yet"]);
        if (answer !== "yes") continue;
        expect(reasons).toEqual([]);
        const all = withNeeds(wantedFeatures([feature === "tls" ? "tls" : feature]));
        const tried = scenariosWith({ source, destination }, all).map(check);
        expect(tried.some(({ outcome }) => outcome === "completes")).toBe(true);
        const ends = new Set(settings.map(({ end }) => end));
        expect(settings.length).toBeGreaterThanOrEqual(ends.size);
      }
    },
  );

  it("is there under its name and its short one", () => {
    expect(FEATURES.length).toBeGreaterThan(40);
    expect(new Set(FEATURES.map(({ id }) => id)).size).toBe(FEATURES.length);
    expect(
      wantedFeatures(["zlib", "postcopy", "x-multifd", "max-bandwidth=7", "zlib"]).map(({ id }) => id),
    ).toEqual(["multifd-compression=zlib", "postcopy-ram", "multifd", "max-bandwidth=7"]);
    for (const name of ["quux", "max-bandwidth", "=", "__proto__", "constructor", "block-bitmap-mapping={"])
      expect(() => wantedFeatures([name])).toThrow(WantedError);
    expect(() => wantedFeatures(Array.from({ length: 65 }, (_, i) => `max-bandwidth=${i}`))).toThrow(
      WantedError,
    );
  });
});

describe("why not", () => {
  it("names the end that lacks it, and what brings it", () => {
    const {
      "switchover-ack": ack,
      compress,
      "multifd-compression=qatzip": qatzip,
    } = answers("7.2.22", "10.0.13");
    expect(ack).toMatchObject({ answer: "not-yet", upgrade: { end: "source", qemu: "8.1" } });
    expect(ack?.reasons[0]).toMatchObject({ end: "source", why: "not-implemented" });
    expect(ack?.reasons[0]?.text).toBe(
      "the source, QEMU 7.2.22, does not have switchover-ack; 8.1 is the first that has",
    );
    expect(compress?.answer).toBe("no");
    expect(compress?.reasons[0]?.text).toContain("9.1 is the first without it");
    expect(qatzip?.reasons[0]).toMatchObject({ why: "not-a-value", end: "source" });
  });

  it("asks both ends to be upgraded where both lack it", () => {
    expect(answers("5.2.0", "5.2.0")["mapped-ram"]?.upgrade).toEqual({ end: "both", qemu: "9.0" });
  });

  it("tells what is set already and stands in the way", () => {
    const source = { ...peerFromName("10.0.13").peer, capabilities: { xbzrle: true } };
    const destination = peerFromName("10.0.13").peer;
    const { features } = negotiate({ source, destination, want: ["multifd"], judge: check });
    expect(features[0]).toMatchObject({ feature: "multifd", answer: "not-yet", upgrade: null });
    expect(features[0]?.reasons.at(-1)?.text).toContain("xbzrle at the source");
  });

  it("does not promise what does not show in a version", () => {
    expect(answers("10.0.13", "11.1.3").tls?.answer).toBe("unknown");
    expect(answers("10.0.13", "11.1.3")["dirty-limit"]?.answer).toBe("not-yet");
  });

  it("believes an inventory more than its version", () => {
    const inventory = JSON.parse(
      readFileSync(new URL("../../fixtures/inventory/qmp-7.2.json", import.meta.url), "utf8"),
    ) as { "query-migrate-capabilities": readonly { capability: string }[] };
    const without = inventory["query-migrate-capabilities"].filter(
      ({ capability }) => capability !== "multifd",
    );
    const { peer } = peerFromReplies(
      { ...inventory, "query-migrate-capabilities": without },
      "built without",
    );
    const { features } = negotiate({ source: peer, destination: peer, want: ["multifd"], judge: check });
    expect(features[0]?.reasons[0]?.text).toContain("though its release has it");
    expect(features[0]?.answer).toBe("not-yet");
  });
});

describe("what is wanted together", () => {
  it("is granted with what it needs, and commanded in order", () => {
    const { wanted } = between("7.2.22", "10.0.13", ["preempt", "dirty-bitmaps"]);
    expect(wanted).toMatchObject({
      granted: ["postcopy-preempt", "dirty-bitmaps"],
      needed: ["postcopy-ram"],
      refused: [],
    });
    expect(wanted?.commands.map(({ end, execute }) => [end, execute])).toEqual([
      ["destination", "migrate-set-capabilities"],
      ["destination", "migrate-incoming"],
      ["source", "migrate-set-capabilities"],
      ["source", "migrate"],
      ["source", "migrate-start-postcopy"],
    ]);
    expect(wanted?.libvirt).toMatchObject({
      since: "10.0.0",
      automatic: [
        { feature: "postcopy-preempt", since: "10.0.0" },
        { feature: "dirty-bitmaps", since: "7.1.0" },
      ],
      without: [],
    });
  });

  it("leaves out what conflicts, the last wanted first, and says with what", () => {
    const { wanted } = between("10.0.13", "11.1.3", ["multifd", "zstd", "postcopy", "xbzrle"]);
    expect(wanted?.granted).toEqual(["multifd", "multifd-compression=zstd"]);
    expect(wanted?.refused.map(({ feature, alone }) => [feature, alone])).toEqual([
      ["postcopy-ram", false],
      ["xbzrle", false],
    ]);
    expect(wanted?.refused[0]?.reasons[0]?.text).toContain("multifd");
    expect(between("10.0.13", "11.1.3", ["xbzrle", "multifd", "postcopy"]).wanted?.granted).toEqual([
      "xbzrle",
      "postcopy-ram",
    ]);
    expect(wanted?.libvirt.commands).toEqual([
      "virsh migrate --live --parallel --compressed --comp-methods=zstd DOMAIN qemu+ssh://DESTINATION/system",
    ]);
  });

  it("saves to a file before the destination reads it", () => {
    const { wanted } = between("10.0.13", "11.1.3", ["mapped-ram", "direct-io", "multifd"]);
    expect(wanted?.granted).toEqual(["mapped-ram", "direct-io", "multifd"]);
    expect(wanted?.commands.findIndex(({ execute }) => execute === "migrate")).toBeLessThan(
      wanted?.commands.findIndex(({ execute }) => execute === "migrate-incoming") ?? -1,
    );
    expect(wanted?.libvirt.commands[0]).toContain("virsh save DOMAIN /PATH/TO/FILE --image-format=sparse");
    const clash = between("10.0.13", "11.1.3", ["mapped-ram", "postcopy"]).wanted;
    expect(clash?.granted).toEqual(["mapped-ram"]);
    expect(clash?.refused[0]?.reasons[0]).toMatchObject({ why: "clash" });
  });

  it.each([
    [["pause-before-switchover"], ["migrate", "migrate-continue"]],
    [
      ["pause-before-switchover", "postcopy"],
      ["migrate", "migrate-start-postcopy", "migrate-continue"],
    ],
    [
      ["pause-before-switchover", "mapped-ram"],
      ["migrate", "migrate-continue", "migrate-incoming"],
    ],
    [["recovery"], ["migrate", "migrate-start-postcopy", "migrate-recover", "migrate"]],
  ])("with %j goes on by %j", (want, order) => {
    const { wanted } = between("10.0.13", "11.1.3", want);
    const steps = wanted?.commands.map(({ execute }) => execute) ?? [];
    expect(steps.filter((each, i) => order.includes(each) && steps.indexOf("migrate") <= i)).toEqual(order);
  });

  it("is not deceived by a capability that is taken back while its command succeeds", () => {
    const { wanted } = between("2.8", "2.9", ["postcopy", "compress"]);
    expect(wanted?.granted).toEqual(["postcopy-ram"]);
    expect(wanted?.refused[0]?.reasons[0]).toMatchObject({ why: "switched-off", end: "source" });
  });

  it("keeps a background snapshot out of a mapped-ram file, which would be empty", () => {
    const { wanted } = between("10.0.13", "11.1.3", ["background-snapshot", "mapped-ram"]);
    expect(wanted?.granted).toEqual(["background-snapshot"]);
    expect(wanted?.refused[0]?.reasons[0]?.text).toContain("no restore finds the guest's RAM");
  });

  it("advises a return path where nothing else makes the source listen", () => {
    expect(between("10.0.13", "11.1.3", ["multifd"]).wanted?.advice).toEqual(["return-path"]);
    expect(between("10.0.13", "11.1.3", ["multifd", "return-path"]).wanted?.advice).toEqual([]);
  });

  it("says nothing can be had where plain migration fails", () => {
    const lost = (scenario: Scenario): Verdict => ({ ...check(scenario), outcome: "guest-lost" });
    const { wanted, baselineIsSafe } = between("10.0.13", "11.1.3", ["multifd", "zlib"], lost);
    expect(baselineIsSafe).toBe(false);
    expect(wanted).toMatchObject({ granted: [], commands: [], libvirt: { commands: [] } });
    expect(wanted?.refused).toHaveLength(2);
  });

  it("is safe as a whole, for any wishes, and never too dangerous to look like a success", () => {
    const ids = FEATURES.map(({ id }) => id);
    for (let i = 0; i < ids.length; i++) {
      const want = [
        ids[i],
        ids[(i * 7 + 3) % ids.length],
        ids[(i * 11 + 5) % ids.length],
        ids[(i * 5 + 1) % ids.length],
      ];
      const names = [...new Set(want.filter((each) => each !== undefined))];
      const [from, to] = [VERSIONS[i % VERSIONS.length] ?? "", VERSIONS[(i * 5 + 2) % VERSIONS.length] ?? ""];
      const { wanted } = between(from, to, names);
      expect((wanted?.granted.length ?? 0) + (wanted?.refused.length ?? 0)).toBe(names.length);
      if (!wanted || wanted.granted.length === 0) continue;
      expect(wanted.verdict?.outcome).toBe("completes");
      expect(wanted.verdict?.alternatives.some((each) => DANGEROUS.has(each))).toBe(false);
    }
  });

  it("comes out the same each time", () => {
    const want = [
      "zerocopy",
      "xbzrle",
      "multifd",
      "zstd",
      "postcopy",
      "preempt",
      "return-path",
      "switchover-ack",
    ];
    expect(between("11.1.3", "10.0.13", want)).toEqual(between("11.1.3", "10.0.13", want));
  });
});
