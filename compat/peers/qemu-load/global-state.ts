import type { StreamSummary } from "../../../codec/index.ts";
import { decodeText } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { RESET_NEEDED, RUN_STATE_UNKNOWN, RUN_STATES } from "../../facts/qemu/stream/run-states.ts";
import type { Load } from "../main-channel/load.ts";
import { GLOBAL_STATE } from "../main-channel/load-global-state.ts";
import { postLoadFailed } from "../main-channel/vmstate-failure.ts";
import { report } from "../postcopy/refuse.ts";
import { inSection, type Stop } from "./teller.ts";

/** The state in which the guest was when it was saved, as the stream names it. Undefined where that was not read. */
function savedState({ devices }: StreamSummary): string | undefined {
  const hex = devices.find(({ idstr }) => idstr === "globalstate")?.fields?.runstate;
  if (typeof hex !== "string") return undefined;
  const bytes = hex.match(/[0-9a-f]{2}/g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  const end = bytes.indexOf(0);
  return decodeText(Uint8Array.from(end < 0 ? bytes : bytes.slice(0, end)));
}

/** QEMU loads a guest in this state, but refuses to let it run. */
export function needsReset(summary: StreamSummary, qemu: string): boolean {
  return valueAt(RESET_NEEDED, qemu, "later")?.includes(savedState(summary) ?? "") === true;
}

/** A state that QEMU does not know is refused as the last thing of all. */
export function loadGlobalState(summary: StreamSummary, load: Load): Stop | undefined {
  const state = savedState(summary);
  const section = summary.sections.findLast(({ idstr }) => idstr === "globalstate");
  const known = valueAt(RUN_STATES, load.host.peer.version, "later") ?? [];
  if (!section || state === undefined || known.includes(state)) return undefined;
  report(load, RUN_STATE_UNKNOWN, state);
  return inSection(load, section, postLoadFailed(load, GLOBAL_STATE));
}
