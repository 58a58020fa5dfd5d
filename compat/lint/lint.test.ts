import { describe, expect, it } from "vitest";
import type { Fact } from "../facts/fact.ts";
import { FACTS } from "../facts/index.ts";
import { chaptersInOrder } from "./chapters-in-order.ts";
import { evidencePresent } from "./evidence-present.ts";
import { idsUnique } from "./ids-unique.ts";
import type { LintCheck } from "./lint.ts";
import { literalsOnly } from "./literals-only.ts";
import { versionsExist } from "./versions-exist.ts";

const CHECKS = [chaptersInOrder, evidencePresent, idsUnique, literalsOnly, versionsExist];

const sound: Fact = {
  id: "libvirt/a",
  claim: "It is so.",
  value: true,
  since: "0.9.1",
  evidence: [{ kind: "run", of: "9.0.0" }],
};
const broken: readonly (readonly [LintCheck, readonly Fact<unknown>[]])[] = [
  [chaptersInOrder, [{ ...sound, until: "0.9.1" }]],
  [
    chaptersInOrder,
    [
      { ...sound, until: "1.0.0" },
      { ...sound, id: "libvirt/b", since: "0.9.5" },
    ],
  ],
  [evidencePresent, [{ ...sound, evidence: [] }]],
  [evidencePresent, [{ ...sound, evidence: [{ kind: "commit", commit: "soon", release: "0.9.1" }] }]],
  [evidencePresent, [{ ...sound, claim: "so" }]],
  [idsUnique, [sound, sound]],
  [idsUnique, [{ ...sound, id: "elsewhere" }]],
  [literalsOnly, [{ ...sound, value: () => true }]],
  [versionsExist, [{ ...sound, since: "0.9.99" }]],
  [versionsExist, [{ ...sound, until: { after: "9.0.0", atLatest: "13.0.0" } }]],
];

describe("the facts", () => {
  it("are there", () => {
    expect(FACTS.flat().length).toBeGreaterThan(50);
    expect(JSON.parse(JSON.stringify(FACTS))).toEqual(FACTS);
  });

  it.each(CHECKS)("pass $name", ({ check }) => {
    expect(check(FACTS)).toEqual([]);
  });

  it.each(broken)("would not pass $name", ({ check }, facts) => {
    expect(check([facts])).not.toEqual([]);
    expect(check([[sound]])).toEqual([]);
  });
});
