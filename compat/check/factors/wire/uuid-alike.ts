import { negative } from "../../../errno.ts";
import {
  CONFIGURATION_SUBSECTIONS,
  UUID_DIFFERS,
  UUID_SENT,
  UUID_UNSET,
} from "../../../facts/qemu/stream/configuration.ts";
import {
  POST_LOAD_FAILED,
  SUBSECTION_FAILED,
  SUBSECTION_UNKNOWN,
} from "../../../facts/qemu/stream/vmstate.ts";
import { isBare } from "../../../peers/main-channel/machine-type.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { completes } from "../../endings/completes.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { earOf } from "../../endings/ear.ts";
import { type LoadError, loadError, loadErrorLines, within } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { deciding, NOTHING } from "./problem.ts";

const PARENT = "configuration";
const PART = "configuration/uuid";
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** A guest's UUID as QEMU prints it; undefined where none is set. */
export function uuidOf({ peer }: End): string | undefined {
  const { uuid } = peer;
  if (typeof uuid !== "string" || uuid.length > 36 || !UUID.test(uuid)) return undefined;
  const digits = uuid.replaceAll("-", "").toLowerCase();
  return [0, 8, 12, 16, 20].map((at, i, all) => digits.slice(at, all[i + 1])).join("-");
}

/** What the destination makes of a UUID that is not its own, or of a part it does not know. */
function refusal(end: End, theirs: string, ours: string): LoadError {
  const known = end.value(CONFIGURATION_SUBSECTIONS)?.includes("uuid") === true;
  if (!known) return loadError(end, "ENOENT", SUBSECTION_UNKNOWN, PART, PARENT);
  const differs = loadError(end, "EINVAL", UUID_DIFFERS, theirs, ours);
  const checked = within(end, differs, POST_LOAD_FAILED, PART, 1, 1, negative("EINVAL"));
  return within(end, checked, SUBSECTION_FAILED, PART, PARENT, negative("EINVAL"));
}

/** All goes well, and the destination says that it cannot compare. */
function unset(pair: Pair, theirs: string): Ending {
  const ending = completes(pair);
  const error = pair.destination.say(UUID_UNSET, theirs)?.text ?? null;
  return { ...ending, destination: { ...ending.destination, error } };
}

export const uuidAlike: Factor = {
  rule: "UUID_ALIKE",
  purpose: "Checks that a UUID that the source sends is that of the guest on the destination.",
  reference: "migration/savevm.c, vmstate_uuid_needed(), vmstate_uuid_post_load()",
  find(pair: Pair) {
    const { source, destination } = pair;
    if (!source.has("validate-uuid") || isBare(source.peer.machine) || !source.value(UUID_SENT))
      return NOTHING;
    const theirs = uuidOf(source);
    const ours = uuidOf(destination);
    if (theirs === undefined || theirs === ours) return NOTHING;
    const known = destination.value(CONFIGURATION_SUBSECTIONS)?.includes("uuid") === true;
    const args = { theirs, ours: ours ?? "", known, ear: earOf(pair) };
    if (known && ours === undefined)
      return [
        {
          step: "configuration",
          ending: unset(pair, theirs),
          level: "warning",
          args,
          facts: chaptersFor(destination, UUID_UNSET),
        },
      ];
    const lines = loadErrorLines(destination, refusal(destination, theirs, ours ?? ""));
    const facts = [
      ...chaptersFor(source, UUID_SENT),
      ...chaptersFor(destination, known ? UUID_DIFFERS : CONFIGURATION_SUBSECTIONS),
    ];
    return deciding("configuration", destinationFails(pair, "setup", lines), args, facts);
  },
};
