import { SEND_CONFIGURATION } from "../../../facts/qemu/settings/compat-properties.ts";
import { MACHINE_DIFFERS } from "../../../facts/qemu/stream/configuration.ts";
import { CONFIGURATION_MISSING, UNKNOWN_SECTION_TYPE } from "../../../facts/qemu/stream/file.ts";
import { POST_LOAD_FAILED, POST_LOAD_PREFIX } from "../../../facts/qemu/stream/vmstate.ts";
import { compareVersions } from "../../../releases.ts";
import type { End, Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { earOf } from "../../endings/ear.ts";
import { type LoadError, loadError, loadErrorLines, within } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { commonMachine } from "./common-machine.ts";
import { endHasMachine, machineOf } from "./machine-types.ts";
import { about, inForce, shown } from "./settle.ts";

/** Version and oldest version of the configuration section. */
const CONFIGURATION = ["configuration", 1, 0] as const;
/** EINVAL. */
const ERRNO = -22;
/** The type bytes of a section that begins, and of the configuration. */
const [SECTION_START, SECTION_CONFIGURATION] = [1, 7] as const;
const VERSION = /-(\d+\.\d+)(?:\.\d+)?$/;

export const machineSame: Factor = {
  rule: "MACHINE_SAME",
  purpose: "Checks that both sides have the same machine type, under the names that the aliases stand for.",
  reference: "migration/savevm.c, configuration_post_load()",
  find(pair) {
    const { source, destination } = pair;
    const [sent, local] = [machineOf(source), machineOf(destination)];
    if (sent === undefined || local === undefined || local === sent) return NONE;
    const isNamed = sendsName(source, sent) && sendsName(destination, local);
    if (isNamed && local.startsWith(sent)) return NONE;
    const lines = linesOf(pair, sent, local);
    const args = {
      ...about(destination),
      ear: earOf(pair),
      sent: shown(sent),
      local: shown(local),
      text: lines[0] ?? "",
      has: endHasMachine({ ...destination, peer: { ...destination.peer, machine: sent } }) !== false,
      common: commonMachine(pair.scenario, sent),
      sourceAlias: aliasOf(source, sent),
      destinationAlias: aliasOf(destination, local),
    };
    const ending = lines.length === 0 ? UNKNOWN : destinationFails(pair, "setup", lines);
    const facts = inForce(destination, isNamed ? MACHINE_DIFFERS : SEND_CONFIGURATION);
    return [{ step: "configuration", ending, level: "error", args, facts }];
  },
};

const NONE = [] as const;

/** Without names something else will be in the way, or nothing. */
const UNKNOWN: Ending = {
  outcome: "unknown",
  alternatives: [],
  stage: "setup",
  source: { state: null, error: null },
  destination: { state: null, error: null },
};

function aliasOf({ peer }: End, name: string): string {
  return peer.machine !== undefined && peer.machine !== name ? peer.machine : "";
}

/** Whether a machine type has the section with its name in the stream, and expects it there. */
function sendsName(end: End, machine: string): boolean {
  const upTo = end.value(SEND_CONFIGURATION)?.forOlder?.upTo;
  const [, version] = upTo === undefined ? [] : (VERSION.exec(machine) ?? []);
  return version === undefined || upTo === undefined || compareVersions(version, upTo) > 0;
}

/** What the destination prints; nothing where neither side names its machine type. */
function linesOf({ source, destination }: Pair, sent: string, local: string): readonly string[] {
  const [isSent, isExpected] = [sendsName(source, sent), sendsName(destination, local)];
  if (isSent && isExpected) return loadErrorLines(destination, differs(destination, sent, local));
  if (!isSent && !isExpected) return NONE;
  const error = isExpected
    ? loadError(destination, "EINVAL", CONFIGURATION_MISSING, SECTION_START, SECTION_CONFIGURATION)
    : loadError(destination, "EINVAL", UNKNOWN_SECTION_TYPE, SECTION_CONFIGURATION);
  return loadErrorLines(destination, error);
}

function differs(end: End, sent: string, local: string): LoadError {
  const error = loadError(end, "EINVAL", MACHINE_DIFFERS, sent, local);
  if (error.reason === "") return within(end, error, POST_LOAD_FAILED, ...CONFIGURATION, ERRNO);
  return within(end, error, POST_LOAD_PREFIX, ...CONFIGURATION);
}
