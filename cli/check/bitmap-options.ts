import type { ScenarioBitmap } from "../../compat/check/scenario.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";

/** `node0/bitmap0`: neither name has a slash in QEMU's generated ones, and the first one parts them. */
export function bitmapOf(text: string): ScenarioBitmap {
  const at = text.indexOf("/");
  if (at < 1 || at === text.length - 1) throw new UsageError(`--bitmap ${printable(text)}: NODE/BITMAP`);
  return { node: text.slice(0, at), name: text.slice(at + 1) };
}
