import type { Finding } from "../../codec/index.ts";
import { human } from "../text.ts";
import type { DeviceName, Survivors } from "./survivors.ts";

/** Names that one line has room for. */
const MOST_NAMES = 12;

/** What survives, as a remark on the image. */
export function survivorsFinding({ ram, devices }: Survivors): Finding {
  const args: Record<string, string | number> = {
    pages: ram?.pages ?? 0,
    total: ram?.totalPages ?? 0,
    size: human(Number(ram?.bytes ?? 0)),
    totalSize: human((ram?.totalPages ?? 0) * (ram?.pageSize ?? 0)),
    complete: ram?.complete ? 1 : 0,
    blocks: listed(ram?.blocks.map(({ idstr, pages, totalPages }) => `${idstr} ${pages} of ${totalPages}`)),
    devices: devices.whole.length,
    whole: namesOf(devices.whole),
    cut: namesOf(devices.cut),
    damaged: namesOf(devices.damaged),
    missing: devices.missing === null ? "unknown" : "none",
  };
  return { rule: "SAVE_STREAM_SURVIVES", level: "note", subject: "", args };
}

function namesOf(devices: readonly DeviceName[]): string {
  return listed(devices.map(({ idstr, instance }) => (instance === 0 ? idstr : `${idstr} ${instance}`)));
}

function listed(names: readonly string[] = []): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
