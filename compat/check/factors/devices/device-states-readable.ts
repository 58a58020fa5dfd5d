import { STATE_LAYOUTS } from "../../../facts/qemu/devices/layouts.ts";
import {
  FOOTER_FAILED,
  FOOTER_MISSING,
  SECTION_NEWER,
  START_FAILED,
} from "../../../facts/qemu/stream/sections.ts";
import { TOO_OLD } from "../../../facts/qemu/stream/vmstate.ts";
import { type KnownState, versionsOfState } from "../../../peers/main-channel/known-states.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { earOf } from "../../endings/ear.ts";
import { type LoadError, loadError, within } from "../../endings/load-failed.ts";
import type { Factor, Problem } from "../../factor.ts";
import { counterparts } from "./counterpart.ts";
import { type DeviceSection, type PlacedDevice, stateOf } from "./devices-of.ts";
import { ownValue } from "./place.ts";
import { ends, NOTHING, stateRefused } from "./problem.ts";

export const deviceStatesReadable: Factor = {
  rule: "DEVICE_STATES_READABLE",
  purpose: "Checks that the destination reads the version of each device's state that the source writes.",
  reference:
    "migration/savevm.c, qemu_loadvm_section_start_full(); migration/vmstate.c, vmstate_load_state()",
  find(pair) {
    const { sent } = counterparts(pair);
    if (sent.length === 0 || pair.source.version === pair.destination.version) return NOTHING;
    return sent.flatMap(([device, other]) => (other ? unreadable(pair, device) : NOTHING));
  },
};

function unreadable(pair: Pair, { driver, place = "", sections }: PlacedDevice): readonly Problem[] {
  const { source, destination } = pair;
  return sections.flatMap((section) => {
    const state = stateOf(section);
    const sent = versionOf(source.version, state)?.newest;
    const own = versionOf(destination.version, state);
    if (isMisread(pair, state)) return misread(pair, driver, place, section);
    if (sent === undefined || !own || (sent <= own.newest && sent >= own.oldest)) return [];
    const newer = sent > own.newest;
    const error = newer
      ? loadError(destination, "EINVAL", SECTION_NEWER, sent, section.idstr, own.newest)
      : tooOld(pair, section, state, sent, own.oldest);
    const args = { driver, place, sent, own: newer ? own.newest : own.oldest, newer, ear: earOf(pair) };
    const facts = chaptersFor(destination, newer ? SECTION_NEWER : TOO_OLD);
    return ends("switchover", stateRefused(pair, error), args, facts);
  });
}

/** The destination reads another layout under the same version. */
function isMisread({ source, destination }: Pair, state: string): boolean {
  const writes = ownValue(source.value(STATE_LAYOUTS), state)?.writes;
  const reads = ownValue(destination.value(STATE_LAYOUTS), state)?.reads;
  return writes !== undefined && reads !== undefined && !reads.includes(writes);
}

function misread(pair: Pair, driver: string, place: string, { idstr }: DeviceSection): readonly Problem[] {
  const { destination } = pair;
  // Newer releases add the number of the section, which a scenario does not tell.
  const isTold = destination.say(FOOTER_FAILED, 0) === undefined;
  const error = isTold ? loadError(destination, "EINVAL", FOOTER_MISSING, idstr) : undefined;
  const args = { driver, place, sent: "", own: "", newer: false, ear: earOf(pair) };
  return [ends("switchover", stateRefused(pair, error), args, chaptersFor(destination, STATE_LAYOUTS))];
}

const found = new Map<string, KnownState | null>();
const MOST_FOUND = 5000;

/** The versions that a release has of a state, where that is sure. */
function versionOf(version: string, state: string): KnownState | undefined {
  const key = `${version} ${state}`;
  const before = found.get(key);
  if (before !== undefined) return before ?? undefined;
  const [first, ...others] = versionsOfState(state, version);
  const sure = first && others.every((each) => each.newest === first.newest && each.oldest === first.oldest);
  if (found.size >= MOST_FOUND) found.clear();
  found.set(key, sure ? first : null);
  return sure ? first : undefined;
}

function tooOld(
  { destination }: Pair,
  { idstr, instance }: DeviceSection,
  state: string,
  sent: number,
  oldest: number,
): LoadError {
  const old = loadError(destination, "EINVAL", TOO_OLD, state, sent, oldest);
  return within(destination, old, START_FAILED, instance, idstr);
}
