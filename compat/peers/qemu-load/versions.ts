import { SECTION_NEWER } from "../../facts/qemu/stream/sections.ts";
import { int32 } from "../main-channel/failure.ts";
import { findState } from "../main-channel/known-states.ts";
import type { Load } from "../main-channel/load.ts";
import { wrongVersion } from "../main-channel/vmstate-failure.ts";
import { refuse } from "../postcopy/refuse.ts";
import { missingFooter } from "./cut.ts";
import { inSection, type Section, type Stop } from "./teller.ts";

/**
 * A device section's version is not that of its description, which `ours` is. State that is longer than an older version
 * had ends before its footer; whether it was longer is known of few devices.
 */
export function otherVersion(load: Load, section: Section, ours: number, found: number): Stop | "unknown" {
  const { idstr, instance } = section;
  if (found > ours) return newerVersion(load, idstr, found, ours);
  const state = findState(load, idstr, instance);
  if (typeof state !== "object") return "unknown";
  const name = idstr.slice(idstr.lastIndexOf("/") + 1);
  const wrong = wrongVersion(load, { name, newest: ours, oldest: state.oldest }, found);
  if (wrong?.how === "refused") return inSection(load, section, wrong);
  return idstr === "cpu" ? missingFooter(load, section) : "unknown";
}

/** QEMU refuses a version above its own before it looks at the state. */
export function newerVersion(load: Load, idstr: string, found: number, ours: number): Stop {
  return refuse(load, load.file, "EINVAL", SECTION_NEWER, int32(found), idstr, ours);
}
