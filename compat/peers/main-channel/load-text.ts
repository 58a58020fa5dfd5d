import { valueAt } from "../../facts/fact.ts";
import { LOAD_REASON } from "../../facts/qemu/stream/load.ts";
import type { Errno, Refusal } from "./load.ts";

/** As strerror() words them. */
export const ERRNO_TEXT: Readonly<Record<Errno, string>> = {
  EPERM: "Operation not permitted",
  ENOENT: "No such file or directory",
  EIO: "Input/output error",
  EAGAIN: "Resource temporarily unavailable",
  ENOMEM: "Cannot allocate memory",
  EEXIST: "File exists",
  ENODEV: "No such device",
  EINVAL: "Invalid argument",
  ERANGE: "Numerical result out of range",
  ENOTSUP: "Operation not supported",
};

/** The lines that a process of a release prints when a load has failed, behind those it printed on the way. */
export function loadText(
  { errno, reason }: Pick<Refusal, "errno" | "reason">,
  version: string,
): readonly string[] {
  const text = `load of migration failed: ${ERRNO_TEXT[errno]}`;
  const told = valueAt(LOAD_REASON, version, "later") === "told" && reason !== "";
  return [told ? `${text}: ${reason}` : text];
}
