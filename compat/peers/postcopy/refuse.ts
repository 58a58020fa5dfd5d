import { type ErrorText, say } from "../../facts/error-text.ts";
import type { Fact } from "../../facts/fact.ts";
import type { PrintfValue } from "../../facts/printf.ts";
import type { Crash, Errno, Load, Refusal, Unsure } from "../main-channel/load.ts";
import type { QemuFile } from "../qemu-file.ts";

/** Stands for an address in a message: where memory lies is not known. */
export const ADDRESS = "<address>";

/** A text of the peer's release: printed now, or returned as part of the error. Empty where the release has none. */
export function report(load: Load, chapters: readonly Fact<ErrorText>[], ...values: PrintfValue[]): string {
  const said = say(chapters, load.host.peer.version, ...values);
  if (said?.to === "stderr") load.host.print(said.text);
  return said?.to === "error" ? said.text : "";
}

/** Refuses the field that was read last. */
export function refuse(
  load: Load,
  file: QemuFile,
  errno: Errno,
  chapters: readonly Fact<ErrorText>[],
  ...values: PrintfValue[]
): Refusal {
  return refusal(file, errno, report(load, chapters, ...values));
}

export function refusal({ offset, path }: QemuFile, errno: Errno, reason = ""): Refusal {
  return { how: "refused", errno, reason, offset, path };
}

export function crash({ offset, path }: QemuFile, signal: number): Crash {
  return { how: "crashed", signal, offset, path };
}

export function unsure({ offset, path }: QemuFile, why: string): Unsure {
  return { how: "unknown", why, offset, path };
}
