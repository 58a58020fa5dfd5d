import type { StreamSummary } from "../../../codec/index.ts";
import { decodeText } from "../../../codec/layout/index.ts";
import { inSection } from "./cut.ts";
import type { LoadFailure } from "./load.ts";

/** `RunState` of QEMU's qapi/run-state.json, 5.2 to 11.1; 5.2 lists preconfig too, in which nothing is saved. */
const RUN_STATES: readonly string[] = [
  ...["debug", "inmigrate", "internal-error", "io-error", "paused", "postmigrate", "prelaunch"],
  ...["finish-migrate", "restore-vm", "running", "save-vm", "shutdown", "suspended", "watchdog"],
  ...["guest-panicked", "colo"],
];
/** runstate_needs_reset() of QEMU: the guest has to be reset before it can go on from these. */
const NEED_RESET: readonly string[] = ["shutdown", "internal-error"];

/** The state in which the guest was when it was saved, as the stream names it. Undefined where that was not read. */
function savedState({ devices }: StreamSummary): string | undefined {
  const hex = devices.find(({ idstr }) => idstr === "globalstate")?.fields?.runstate;
  if (typeof hex !== "string") return undefined;
  const bytes = hex.match(/[0-9a-f]{2}/g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  const end = bytes.indexOf(0);
  return decodeText(Uint8Array.from(end < 0 ? bytes : bytes.slice(0, end)));
}

/** QEMU loads a guest in this state, but refuses to let it run. */
export function needsReset(summary: StreamSummary): boolean {
  return NEED_RESET.includes(savedState(summary) ?? "");
}

/** A state that QEMU does not know is refused as the last thing of all. */
export function loadGlobalState(summary: StreamSummary): LoadFailure | undefined {
  const state = savedState(summary);
  const section = summary.sections.findLast(({ idstr }) => idstr === "globalstate");
  if (!section || state === undefined || RUN_STATES.includes(state)) return undefined;
  const hook = "post load hook failed for: globalstate, version_id: 1, minimum_version: 1, ret: -22";
  return { errno: "EINVAL", ...inSection(section, [`invalid parameter value: ${state}`], hook) };
}
