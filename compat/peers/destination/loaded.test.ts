import { describe, expect, it } from "vitest";
import { encodeText, hexBytes, hexText } from "../../../codec/layout/index.ts";
import type { PeerProcess } from "../ending.ts";
import { type PeerOptions, qemuPeer } from "../peer.ts";
import { createDestination } from "./destination.ts";

const BEGINNING = "5145564d00000003070000000d70632d6934343066782d352e32";
const OPEN_RETURN_PATH = "0800010000";
const ENABLE_COLO = "0800080000";
const END = "00";
const SHUT = "0001000400000000";
const READY = "00000000";
const SWITCHED = "Expected vmdescription section, but got 0";

function globalState(runState: string): string {
  const name = hexText(encodeText(runState)).padEnd(200, "0");
  return `04000000020b676c6f62616c73746174650000000000000001000000${"64"}${name}7e00000002`;
}

function given(version: string, options: PeerOptions, ...parts: readonly string[]): PeerProcess {
  const peer = createDestination(qemuPeer(`qemu-${version}`, { machine: "pc-i440fx-5.2", ...options }));
  const connection = peer.connect();
  peer.push(connection, hexBytes([BEGINNING, ...parts].join("")));
  return peer;
}

const RUN = ["5.2.0", "7.2.22", "10.0.13", "11.1.3"];

describe("a guest that is loaded", () => {
  it.each(RUN)("of %s cannot go on as some states", (version) => {
    for (const state of ["debug", "restore-vm", "save-vm"]) {
      const peer = given(version, {}, globalState(state), END);
      peer.close(0);
      const stderr = `${SWITCHED}\ninvalid runstate transition: 'inmigrate' -> '${state}'`;
      expect(peer.seen()).toMatchObject({ exit: -6, stderr });
    }
  });

  it.each(RUN)("of %s goes on as others, and says so", (version) => {
    for (const state of ["running", "paused", "postmigrate", "colo"]) {
      const peer = given(version, {}, OPEN_RETURN_PATH, globalState(state), END, "0600000000");
      expect(peer.seen()).toMatchObject({ status: "completed", exit: null, stderr: "" });
      expect(hexText(peer.replies())).toBe(SHUT);
    }
  });

  it("of 10.0.13 says with SHUT that it failed, of 7.2.22 nothing", () => {
    const failed = ["7.2.22", "10.0.13"].map((version) =>
      given(version, {}, OPEN_RETURN_PATH, "ff").replies(),
    );
    expect(failed.map(hexText)).toEqual(["", "0001000400000001"]);
  });
});

describe("COLO", () => {
  it.each(["5.2.0", "7.2.22", "10.0.13"])("begins with ENABLE_COLO in %s", (version) => {
    const peer = given(version, { capabilities: { "x-colo": true } }, ENABLE_COLO, END);
    peer.close(0);
    const stderr = `${SWITCHED}\nCan't receive COLO message: Input/output error`;
    expect(peer.seen()).toMatchObject({ status: "colo", exit: null, stderr });
  });

  it("begins with the capability in 11.1.3, on the return path that it needs", () => {
    const capabilities = { "return-path": true, "x-colo": true };
    const peer = given("11.1.3", { capabilities }, OPEN_RETURN_PATH, END, "ff");
    expect(peer.seen()).toMatchObject({ status: "colo", stderr: SWITCHED.replace(/0$/, "255") });
    expect(hexText(peer.replies())).toBe(SHUT + READY);
    const without = given("11.1.3", { capabilities }, END, "ff");
    expect(without.seen()).toMatchObject({ exit: -6 });
  });

  it("is not followed any further", () => {
    const peer = given("7.2.22", {}, ENABLE_COLO, END, "ff", "00000001");
    expect(peer.unknown()).toMatch(/COLO/);
  });
});

describe("two states under one id", () => {
  const ram = "01000000050372616d00000000000000040000000000000010" + "7e00000005";
  const bitmaps = "01000000050c64697274792d6269746d61700000000000000001017e00000005";

  it.each(RUN)("belong to the one that %s registers first", (version) => {
    for (const both of [ram + bitmaps, bitmaps + ram]) {
      const peer = given(
        version,
        {},
        both,
        "0200000005",
        "0000000000000010",
        "7e00000005",
        END,
        "0600000000",
      );
      expect(peer.seen()).toMatchObject({ status: "completed", stderr: "" });
    }
  });
});
