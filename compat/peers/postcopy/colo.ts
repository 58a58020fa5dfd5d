import { valueAt } from "../../facts/fact.ts";
import { COLO_NOT_SET, COMMAND_DEPRECATED } from "../../facts/qemu/postcopy/command-errors.ts";
import { ENABLE_COLO } from "../../facts/qemu/postcopy/commands.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { capable } from "../peer.ts";
import type { QemuFile } from "../qemu-file.ts";
import { refuse } from "./refuse.ts";

/** ENABLE_COLO: what it means comes behind the end of the stream. */
export function enableColo(load: Load, file: QemuFile, length: number): LoadFailure | undefined {
  const { peer } = load.host;
  if (valueAt(COMMAND_DEPRECATED, peer.version, "later")) {
    const command = valueAt(ENABLE_COLO, peer.version, "later")?.command ?? 0;
    return refuse(load, file, "EINVAL", COMMAND_DEPRECATED, command, length);
  }
  if (valueAt(COLO_NOT_SET, peer.version, "later") && !capable(peer, "x-colo"))
    return refuse(load, file, "EINVAL", COLO_NOT_SET);
  load.colo = true;
  return undefined;
}
