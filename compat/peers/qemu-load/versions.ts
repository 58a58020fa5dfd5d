import type { StreamSummary } from "../../../codec/index.ts";
import { footerFailure, inSection } from "./cut.ts";
import type { LoadFailure } from "./load.ts";

/** The oldest version that QEMU loads, for the devices that were tried. */
const OLDEST: Readonly<Record<string, number>> = { i8254: 2, cpu: 11 };

/**
 * A device section's version is not that of its description, which `ours` is. Which versions below it are loaded is known of
 * few devices, and state that is longer than such a version had ends before its footer.
 */
export function otherVersion(
  section: StreamSummary["sections"][number],
  ours: number,
  found: number,
): LoadFailure | "unknown" {
  const { id, idstr } = section;
  if (found > ours) return newerVersion(idstr, found, ours);
  const oldest = OLDEST[idstr];
  if (oldest === undefined) return "unknown";
  if (found >= oldest)
    return idstr === "cpu" ? footerFailure(id, `Missing section footer for ${idstr}`) : "unknown";
  const text = `${idstr}: incoming version_id ${found} is too old for local minimum version_id`;
  const { printed } = inSection(section, [`${text}  ${oldest}`], "");
  const { reason } = inSection(section, [], `${text} ${oldest}`);
  return { errno: "EINVAL", printed, reason };
}

/** QEMU refuses a version above its own before it looks at the state. */
export function newerVersion(idstr: string, found: number, ours: number): LoadFailure {
  const reason = `unsupported version ${found} for '${idstr}' v${ours}`;
  return { errno: "EINVAL", printed: [`savevm: ${reason}`], reason };
}
