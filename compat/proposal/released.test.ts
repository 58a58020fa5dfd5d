import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { startPeer } from "../peers/process.ts";
import { findRelease } from "../releases.ts";
import { RULES } from "../rules/index.ts";
import { type Against, releasesFor } from "./against.ts";
import { checkProposal } from "./check.ts";
import { conversationsOf } from "./conversation.ts";
import { type Observation, observe } from "./observe.ts";
import { outcomeOf } from "./outcome.ts";
import { parseProposal } from "./parse.ts";
import { breakagesOf } from "./summary.ts";

const ROOT = new URL("../../proposals/", import.meta.url);
const load = (name: string) => parseProposal(readFileSync(new URL(`${name}.yaml`, ROOT), "utf8"));
const check = (name: string, against: Against = releasesFor([])) =>
  checkProposal(load(name), against, startPeer);
const rulesOf = (name: string) =>
  breakagesOf(check(name))
    .map(({ rule, level }) => `${level} ${rule.id}`)
    .toSorted();

describe("the multifd init packet on the main channel", () => {
  const { results, breaks, peers } = check("multifd-init-on-main-channel");

  it("breaks every release, those that have multifd and the others", () => {
    expect(breaks).toBe(true);
    expect(peers.concerned).toBe(peers.asked);
    expect(results.every((result) => result.breaks)).toBe(true);
    expect(new Set(results.map(({ rule }) => rule?.id))).toEqual(new Set(["MAIN_CHANNEL_BEGINS_WITH_QEVM"]));
  });

  it("needs a capability; peeking at the magic does not", () => {
    const [breakage] = breakagesOf(check("multifd-init-on-main-channel"));
    expect(breakage?.remedies.map(({ kind }) => kind)).toEqual(["capability", "peek"]);
    const peeking = check("multifd-peek-at-magic");
    expect(peeking.breaks).toBe(false);
    expect(new Set(peeking.results.map(({ outcome }) => outcome))).toEqual(new Set(["ignored"]));
  });
});

describe("the keepalive on the return path", () => {
  const { results, peers } = check("return-path-keepalive");

  it("is what every released source aborts on, precopy and postcopy", () => {
    expect(peers.concerned).toBe(peers.asked);
    expect(results).toHaveLength(2 * peers.asked);
    for (const { outcome, rule, proof } of results) {
      expect([outcome, rule?.id]).toEqual(["aborts", "RETURN_PATH_TYPE_KNOWN"]);
      expect(proof).toMatchObject({ bytes: "00080000", stop: { path: "ReturnPathHeader.type" } });
      expect(proof?.text).toContain("Received invalid message 0x0008 length 0x0000");
    }
  });

  it("harms nobody when it is off by default, behind a compat property, or TCP's", () => {
    for (const name of [
      "return-path-keepalive-off-by-default",
      "return-path-keepalive-compat-property",
      "tcp-keepalive",
    ])
      expect(check(name).breaks, name).toBe(false);
    expect(breakagesOf(check("return-path-keepalive"))[0]?.remedies.map(({ kind }) => kind)).toEqual([
      "parameter-off",
      "compat-property",
      "capability",
      "transport-keepalive",
    ]);
  });
});

describe("the schemes that mark a save image as complete", () => {
  it("are ignored as a new field, and a broken image is restored", () => {
    const { results, breaks } = check("save-header-complete-word");
    expect(breaks).toBe(true);
    const unfinished = results.filter(({ state }) => state === "unfinished");
    expect(new Set(unfinished.map(({ rule }) => rule?.id))).toEqual(
      new Set(["SAVE_HEADER_BROKEN_IMAGE_REFUSED"]),
    );
    const at = (peer: string) => unfinished.find((result) => result.peer === `libvirt-${peer}`)?.outcome;
    expect([at("0.9.4"), at("3.4.0"), at("3.5.0")]).toEqual(["ignored", "ignored", "misread"]);
  });

  it("are refused by all as a distinct magic", () => {
    for (const name of ["save-header-zeroed-magic", "save-header-partial-magic"]) {
      const { results, breaks } = check(name);
      expect(breaks).toBe(false);
      for (const { state, outcome } of results)
        expect(outcome).toBe(state === "unfinished" ? "refused" : "ignored");
    }
  });
});

describe("witnesses", () => {
  const names = readdirSync(new URL("witnesses/", ROOT)).map(
    (file) => `witnesses/${file.replace(/\.yaml$/, "")}`,
  );

  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s fires on its own", (id, { witness }) => {
    const known = names.includes(`witnesses/${witness}`) ? `witnesses/${witness}` : witness;
    expect(rulesOf(known)).toContain(`error ${id}`);
  });

  it("break what they are for, and nothing else", () => {
    expect(Object.fromEntries(names.map((name) => [name.replace("witnesses/", ""), rulesOf(name)]))).toEqual({
      "early-postcopy-run": ["error COMMAND_STATE_ALLOWED"],
      "field-in-multifd-reserved": [],
      "field-in-save-header-unused": [],
      "gated-ram-flag": ["warning RAM_FLAG_KNOWN"],
      "known-command": [],
      "longer-machine-name": ["error STREAM_READ_ON"],
      "longer-multifd-init": ["error FIELD_IN_RESERVED_SPACE"],
      "longer-ping": ["error COMMAND_LENGTH_KEPT"],
      "multifd-channels-first": ["error CHANNEL_ORDER_KEPT"],
      "new-command": ["error COMMAND_KNOWN"],
      "new-configuration-subsection": ["error SUBSECTION_KNOWN"],
      "new-ram-flag": ["error RAM_FLAG_KNOWN"],
      "new-section": ["error SECTION_KNOWN"],
      "newer-multifd-init": ["error MULTIFD_PACKET_VERSION_KEPT"],
      "newer-ram-section": ["error SECTION_VERSION_NOT_NEWER"],
      "newer-stream-version": ["error STREAM_VERSION_KEPT"],
      "return-path-early-request": ["error RETURN_PATH_STATE_ALLOWED"],
      "return-path-longer-pong": ["error RETURN_PATH_LENGTH_KEPT"],
    });
  });
});

describe("conversations of today", () => {
  const names = [
    "multifd-init-on-main-channel",
    "return-path-keepalive",
    ...readdirSync(new URL("witnesses/", ROOT)).map((file) => `witnesses/${file.replace(/\.yaml$/, "")}`),
  ];
  const { qemu } = releasesFor([]);

  it("are sound: every release takes them, and they are silent against themselves", () => {
    let seen = 0;
    for (const change of names.flatMap((name) => load(name).changes))
      for (const version of qemu)
        for (const conversation of conversationsOf(change, version)) {
          const same: Observation = observe(
            version,
            { ...conversation, proposed: conversation.today },
            startPeer,
          );
          seen++;
          expect(outcomeOf(same)).toBe("ignored");
          expect([version, conversation.state, same.today.unknown]).toEqual([
            version,
            conversation.state,
            null,
          ]);
          expect([version, conversation.state, same.today.stop]).toEqual([version, conversation.state, null]);
          expect(findRelease("qemu", version)).toBeDefined();
        }
    expect(seen).toBeGreaterThan(1000);
  });
});
