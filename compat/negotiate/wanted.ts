import { CAPABILITIES, chaptersOf, PARAMETERS } from "../inventory/implied.ts";
import { printableName } from "../inventory/printable-name.ts";
import { endsOf, FEATURES, featureOf } from "./catalogue.ts";
import type { MigrationFeature } from "./feature.ts";

/** What was asked for is no feature. */
export class WantedError extends Error {
  override readonly name = "WantedError";
}

/** Short names that operators use. */
const SHORT: Readonly<Record<string, string>> = {
  postcopy: "postcopy-ram",
  preempt: "postcopy-preempt",
  recovery: "postcopy-recovery",
  zlib: "multifd-compression=zlib",
  zstd: "multifd-compression=zstd",
  qpl: "multifd-compression=qpl",
  uadk: "multifd-compression=uadk",
  qatzip: "multifd-compression=qatzip",
  bitmaps: "dirty-bitmaps",
  snapshot: "background-snapshot",
  zerocopy: "zero-copy-send",
  "zero-copy": "zero-copy-send",
  "tls-creds": "tls",
  colo: "x-colo",
  "cpr-reboot": "mode=cpr-reboot",
  "cpr-transfer": "mode=cpr-transfer",
  "cpr-exec": "mode=cpr-exec",
  "multifd-channels": "multifd-channels=4",
  file: "transport=file",
  unix: "transport=unix",
  fd: "transport=fd",
  exec: "transport=exec",
};

/** No reasonable wish is longer. */
const MOST = 64;

/** Features by their names, in that order and each once. Throws a WantedError for a name that is none. */
export function wantedFeatures(names: readonly string[]): readonly MigrationFeature[] {
  const trimmed = names.map((name) => name.trim()).filter((name) => name !== "");
  if (trimmed.length > MOST) throw new WantedError(`more than ${MOST} features`);
  const features = trimmed.map(wanted);
  return features.filter(({ id }, i) => features.findIndex((each) => each.id === id) === i);
}

function wanted(name: string): MigrationFeature {
  const id = Object.hasOwn(SHORT, name) ? (SHORT[name] ?? name) : name;
  const known = featureOf(id) ?? featureOf(lastName(id)) ?? withValue(id);
  if (known) return known;
  throw new WantedError(
    `${printableName(name)} is no feature: name a capability, a parameter with =VALUE, transport=file, or ${Object.keys(SHORT).slice(0, 3).join(", ")}${near(name)}`,
  );
}

/** An experiment's name stands for what it has become. */
function lastName(name: string): string {
  return chaptersOf(CAPABILITIES, name).at(-1)?.value.name ?? name;
}

/** Any parameter may be wanted with a value. */
function withValue(id: string): MigrationFeature | undefined {
  const at = id.indexOf("=");
  const name = id.slice(0, Math.max(at, 0));
  const parameter = chaptersOf(PARAMETERS, name).at(-1)?.value;
  if (!parameter) return undefined;
  const kin = FEATURES.find(
    ({ settings }) => settings[0]?.kind === "parameter" && settings[0].name === parameter.name,
  );
  const text = id.slice(at + 1);
  return {
    id: `${parameter.name}=${text}`,
    kind: "parameter",
    settings: [
      {
        kind: "parameter",
        name: parameter.name,
        value: parameterValue(text, parameter.kind, id),
        ends: kin?.settings[0]?.ends ?? endsOf(parameter.sides),
      },
    ],
    needs: kin?.needs ?? [],
    ...(kin?.mode && { mode: kin.mode }),
    ...(kin?.transport && { transport: kin.transport }),
    ...(kin?.bitmaps && { bitmaps: true }),
  };
}

function parameterValue(text: string, kind: string, id: string): unknown {
  if (kind === "integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (kind === "boolean" && /^(true|on|yes)$/.test(text)) return true;
  if (kind === "boolean" && /^(false|off|no)$/.test(text)) return false;
  if (kind !== "list") return text;
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch {
    // Told below.
  }
  throw new WantedError(`${printableName(id)}: behind = stands a list in JSON`);
}

function near(name: string): string {
  const found = FEATURES.filter(({ id }) => name.length > 2 && id.includes(name)).map(({ id }) => id);
  return found.length > 0 ? ` (${found.slice(0, 5).join(", ")}?)` : "";
}
