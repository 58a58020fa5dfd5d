import type { VerdictFinding } from "../check/verdict.ts";
import * as builds from "../facts/qemu/machines/builds.ts";
import { atLeast, compareVersions, findRelease, lineOf, versionsOf } from "../releases.ts";
import { inventoryFinding } from "./finding.ts";
import { PeerError } from "./peer-error.ts";
import type { PeerPart } from "./peer-part.ts";
import { printableName } from "./printable-name.ts";

/** Longer is no version. */
const LONGEST = 300;
/** `qemu-7.2.22`, `QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)`, `qemu-kvm-8.2.0-11.el9`, `1:7.2+dfsg-7+deb12u18`. */
const VERSION =
  /^\s*(?:qemu emulator version |qemu[- ](?:kvm-|system-[a-z\d_]+-)?)?v?(?:debian )?(\d+:)?(\d{1,4}\.\d{1,4}(?:\.\d{1,4}){0,2})(?![\d.])([^\n]*)/i;

/** What may follow the number: nothing, a build, a candidate's number. */
const BEHIND = /^($|[\s(+~-]|rc\d)/;
const IS_CANDIDATE = /^-?rc\d/;

/** Micro numbers from which on a QEMU is on its way to the next release, or a candidate for it. */
const DEVELOPMENT = 50;
const CANDIDATE = 90;

/** A peer by its version alone, with a build behind it where it has one. Throws a PeerError for what names no version. */
export function partFromVersion(text: string): PeerPart {
  const [, epoch = "", number, behind = ""] = VERSION.exec(text.slice(0, LONGEST)) ?? [];
  if (number === undefined || !BEHIND.test(behind))
    throw new PeerError(`${printableName(text)}: name a version of QEMU, such as qemu-7.2.22`);
  if (IS_CANDIDATE.test(behind)) return candidate(text, number + behind.trim(), number);
  const build = buildOf(text, epoch, number, behind);
  const packaged = epoch !== "" || /^[-+]/.test(behind);
  return partOf(text, packaged ? (upstreamOf(build) ?? number) : number, build);
}

/** A peer by the answer of query-version. */
export function partFromNumbers(name: string, numbers: readonly number[], build: string): PeerPart {
  return partOf(name, numbers.join("."), build === "" ? undefined : build);
}

/** A candidate for a release may lack what the release has, so it is judged by the one before. */
function candidate(name: string, version: string, of: string): PeerPart {
  const qemu = versionsOf("qemu").findLast((each) => compareVersions(each, of) < 0);
  if (qemu === undefined) throw new PeerError(`there is no QEMU ${printableName(version)}`);
  const args = { version: printableName(version), qemu, why: "candidate" };
  return {
    name,
    source: "version",
    told: { qemu },
    findings: [inventoryFinding("INVENTORY_VERSION_UNLISTED", "warning", args)],
  };
}

function partOf(name: string, version: string, build: string | undefined): PeerPart {
  const { qemu, findings } = listedVersion(version);
  const told = { qemu, ...(build === undefined ? {} : { build }) };
  const unknownBuild = build === undefined || upstreamOf(build) === version;
  const aboutBuild = unknownBuild
    ? []
    : [inventoryFinding("INVENTORY_BUILD_UNKNOWN", "note", { build, qemu })];
  return { name, source: "version", told, findings: [...findings, ...aboutBuild] };
}

/** The release to judge a version by: itself where it is listed, else the newest one before it. */
function listedVersion(version: string): { qemu: string; findings: readonly VerdictFinding[] } {
  if (findRelease("qemu", version)) return { qemu: version, findings: [] };
  const all = versionsOf("qemu");
  const qemu = all.findLast((each) => compareVersions(each, version) <= 0);
  if (qemu === undefined) throw new PeerError(`there is no QEMU ${version}`);
  const micro = Number(version.split(".")[2] ?? 0);
  const why =
    micro >= CANDIDATE
      ? "candidate"
      : micro >= DEVELOPMENT
        ? "development"
        : atLeast(version, all.at(-1) ?? version) && lineOf(version) !== lineOf(all.at(-1) ?? "")
          ? "newer"
          : "unlisted";
  return {
    qemu,
    findings: [inventoryFinding("INVENTORY_VERSION_UNLISTED", "warning", { version, qemu, why })],
  };
}

function buildOf(text: string, epoch: string, number: string, behind: string): string | undefined {
  const inBrackets = /^\s*\((.{1,200})\)/.exec(behind)?.[1];
  if (inBrackets !== undefined) return inBrackets;
  if (epoch === "" && !/^[-+~]/.test(behind)) return undefined;
  const kvm = /^qemu-kvm-/i.exec(text.trim())?.[0] ?? "";
  return `${kvm}${epoch}${number}${behind}`.trim();
}

/** The release that a build which the facts know is made of. */
function upstreamOf(build: string | undefined): string | undefined {
  const known = Object.values(builds)
    .flat()
    .find(({ value }) => build?.replace(/^Debian /, "").startsWith(value.build));
  return typeof known?.since === "string" ? fullVersion(known.since) : undefined;
}

function fullVersion(version: string): string {
  return version.split(".").length === 2 ? `${version}.0` : version;
}
