import type { Scenario, ScenarioPeer } from "../check/scenario.ts";
import type { Sides } from "../facts/qemu/settings/capability.ts";
import { CAPABILITIES, chaptersOf, PARAMETERS } from "../inventory/implied.ts";

/** There is no feature of this name. */
export class FeatureError extends Error {
  override readonly name = "FeatureError";
}

/** What is set and done for some features to be used. */
export interface FeatureSetup extends Pick<Scenario, "mode" | "transport"> {
  readonly source: Pick<ScenarioPeer, "capabilities" | "parameters">;
  readonly destination: Pick<ScenarioPeer, "capabilities" | "parameters">;
}

type Wanted = readonly string[];

/** Names that stand for more than one setting; what begins with `mode=` is what is done. */
const MEANT: Readonly<Record<string, Wanted>> = {
  postcopy: ["postcopy-ram", "mode=postcopy"],
  preempt: ["postcopy-ram", "postcopy-preempt", "mode=postcopy"],
  "postcopy-recovery": ["postcopy-ram", "mode=postcopy-recovery"],
  zlib: ["multifd", "multifd-compression=zlib"],
  zstd: ["multifd", "multifd-compression=zstd"],
  qpl: ["multifd", "multifd-compression=qpl"],
  uadk: ["multifd", "multifd-compression=uadk"],
  qatzip: ["multifd", "multifd-compression=qatzip"],
  "mapped-ram": ["mapped-ram", "mode=save-and-restore"],
  "switchover-ack": ["return-path", "switchover-ack"],
  "zero-copy-send": ["multifd", "zero-copy-send"],
};

/** What is done for a feature to show. */
const DONE: Readonly<Record<string, Scenario["mode"]>> = {
  "mode=postcopy": "postcopy",
  "mode=postcopy-recovery": "postcopy-recovery",
  "mode=save-and-restore": "save-and-restore",
};

/** What to set for features by their names: those above, a capability, or a parameter with its value. */
export function setupFor(features: readonly string[]): FeatureSetup {
  const [source, destination] = [nothing(), nothing()];
  let mode: Scenario["mode"];
  for (const wanted of features.flatMap((name) =>
    Object.hasOwn(MEANT, name) ? (MEANT[name] ?? []) : [name],
  )) {
    if (Object.hasOwn(DONE, wanted)) {
      mode = DONE[wanted];
      continue;
    }
    const at = wanted.indexOf("=");
    const [name, value] = at < 0 ? [wanted] : [wanted.slice(0, at), wanted.slice(at + 1)];
    const sides = sidesOf(name, value !== undefined);
    const ends = [...(sides === "destination" ? [] : [source]), ...(sides === "source" ? [] : [destination])];
    for (const end of ends)
      if (value === undefined) end.capabilities[name] = true;
      else end.parameters[name] = /^\d{1,15}$/.test(value) ? Number(value) : value;
  }
  const transport = mode === "save-and-restore" ? ({ transport: "file" } as const) : {};
  return { source, destination, ...(mode === undefined ? {} : { mode }), ...transport };
}

function nothing(): { capabilities: Record<string, boolean>; parameters: Record<string, unknown> } {
  return { capabilities: {}, parameters: {} };
}

function sidesOf(name: string, isParameter: boolean): Sides {
  const chapters = isParameter ? chaptersOf(PARAMETERS, name) : chaptersOf(CAPABILITIES, name);
  const last = chapters.at(-1);
  if (last) return last.value.sides;
  throw new FeatureError(
    `${name.slice(0, 60)} is no feature: a capability, a parameter with =VALUE, or one of ${Object.keys(MEANT).join(", ")}`,
  );
}
