import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRelease, versionsOf } from "../releases.ts";
import { PeerError, peerFromName } from "./index.ts";

describe("a peer by its version", () => {
  it.each([
    ["qemu-7.2.22", "7.2.22", undefined],
    ["7.2", "7.2", undefined],
    ["v9.0.0", "9.0.0", undefined],
    [
      "QEMU emulator version 10.0.13 (Debian 1:10.0.13+ds-0+deb13u1)\nCopyright",
      "10.0.13",
      "Debian 1:10.0.13+ds-0+deb13u1",
    ],
    ["7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)", "7.2.22", "Debian 1:7.2+dfsg-7+deb12u18"],
  ])("%s is %s", (text, qemu, build) => {
    const { peer, findings } = peerFromName(text);
    expect(peer).toEqual(build === undefined ? { qemu } : { qemu, build });
    expect(findings).toEqual([]);
  });

  it("is the release that a known build is made of, though its number is short", () => {
    expect(peerFromName("1:7.2+dfsg-7+deb12u18+b3").peer.qemu).toBe("7.2.22");
  });

  it.each([
    ["8.2.0 (qemu-kvm-8.2.0-11.el9)", "8.2.0"],
    ["qemu-kvm-8.2.0-11.el9", "8.2.0"],
    ["6.2+dfsg-2ubuntu6.24", "6.2"],
  ])("%s is judged as its release, and said to be another build", (text, qemu) => {
    const { peer, findings } = peerFromName(text);
    expect(peer.qemu).toBe(qemu);
    expect(findings.map(({ rule }) => rule)).toEqual(["INVENTORY_BUILD_UNKNOWN"]);
  });

  it.each([
    ["8.2.99", "8.2.10", "candidate"],
    ["9.0.0-rc2", "8.2.10", "candidate"],
    ["10.1.50", "10.1", "development"],
    ["99.0", versionsOf("qemu").at(-1), "newer"],
    ["5.2.1", "5.2", "no list"],
  ])("%s is judged as a release that is listed", (text, near, why) => {
    const { peer, findings } = peerFromName(text);
    expect(findRelease("qemu", peer.qemu)).toBeDefined();
    expect(peer.qemu.startsWith(near ?? "?")).toBe(true);
    expect(findings.map(({ rule }) => rule)).toEqual(["INVENTORY_VERSION_UNLISTED"]);
    expect(findings[0]?.message).toContain(why);
  });

  it.each(["", "qemu", "seven", "7", "7.2.22x", "7.2.3.4.5", "0.1", "\u001b[31m7.2"])(
    "%j is none",
    (text) => {
      expect(() => peerFromName(text)).toThrow(PeerError);
    },
  );

  it("is one of the list, or refused, whatever the text", () => {
    const near = fc
      .tuple(fc.constantFrom("", "qemu-", "1:", "v"), fc.nat(20), fc.nat(12), fc.nat(120), fc.string())
      .map(([prefix, major, minor, micro, rest]) => `${prefix}${major}.${minor}.${micro}${rest}`);
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        try {
          expect(findRelease("qemu", peerFromName(text).peer.qemu)).toBeDefined();
        } catch (error) {
          expect(error).toBeInstanceOf(PeerError);
        }
      }),
    );
  });
});
