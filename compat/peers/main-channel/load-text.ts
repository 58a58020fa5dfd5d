import { ERRNOS } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import { LOAD_REASON } from "../../facts/qemu/stream/load.ts";
import type { Refusal } from "./load.ts";

/** The lines that a process of a release prints when a load has failed, behind those it printed on the way. */
export function loadText(
  { errno, reason }: Pick<Refusal, "errno" | "reason">,
  version: string,
): readonly string[] {
  const text = `load of migration failed: ${ERRNOS[errno].text}`;
  const told = valueAt(LOAD_REASON, version, "later") === "told" && reason !== "";
  return [told ? `${text}: ${reason}` : text];
}
