import type { Scenario } from "../check/scenario.ts";
import { lineOf } from "../releases.ts";
import type { ObservedSetup } from "./observation.ts";

/** The same for two setups that say the same, whatever the order of their keys and whether what is off is named. */
export function keyOf({ source, destination, transport, mode }: ObservedSetup): string {
  return `${transport} ${mode} ${canonical(source)} ${canonical(destination)}`;
}

/** What setups that say the same have in common, told quickly. */
export function outlineOf({
  source,
  destination,
  transport = "tcp",
  mode = "precopy",
}: Pick<Scenario, "transport" | "mode"> & Pick<ObservedSetup, "source" | "destination">): string {
  return `${transport} ${mode} ${countsOf(source)} ${countsOf(destination)}`;
}

function countsOf({ memoryMiB, cpus, devices, bitmaps, nodes }: ObservedSetup["source"]): string {
  return `${memoryMiB} ${cpus} ${devices?.length} ${bitmaps?.length} ${nodes?.length}`;
}

/** The setup of a scenario, without what runs have no part in. */
export function setupOf({
  source,
  destination,
  transport = "tcp",
  mode = "precopy",
}: Scenario): ObservedSetup {
  return { source: plain(source), destination: plain(destination), transport, mode };
}

/** `7.2.22 pc-q35-5.2 > 10.0.13 pc-q35-5.2`. */
export function endsOf({ source, destination }: Scenario): string {
  return `${full(source.qemu)} ${source.machine} > ${full(destination.qemu)} ${destination.machine}`;
}

function plain({ qemu: _, machine: __, build: ___, states: ____, ...rest }: Scenario["source"]) {
  return rest;
}

/** `7.2` and `7.2.0` are one release. */
function full(version: string): string {
  return lineOf(version) === version ? `${version}.0` : version;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const entries = Object.entries(value).filter(([, part]) => !isOff(part));
  return `{${entries
    .map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`)
    .sort()
    .join()}}`;
}

/** What is off, or an object with nothing in it, says no more than its absence; an empty list may. */
function isOff(part: unknown): boolean {
  if (part === false || part === undefined) return true;
  return typeof part === "object" && part !== null && !Array.isArray(part) && Object.keys(part).length === 0;
}
