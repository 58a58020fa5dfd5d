import type { Mode } from "../check/scenario.ts";
import type { Fact } from "../facts/fact.ts";
import { LIBVIRT_WAYS, type LibvirtWay } from "../facts/libvirt/migrate-options.ts";
import { compareVersions } from "../releases.ts";
import type { MigrationFeature } from "./feature.ts";
import { withNeeds } from "./scenario.ts";

/** How the same is asked of libvirt. */
export interface LibvirtPlan {
  /** Commands of virsh on the source's host, in order; none where libvirt cannot do it. */
  readonly commands: readonly string[];
  /** The oldest libvirt, on both hosts, that has all of that; null where any does. */
  readonly since: string | null;
  /** What libvirt sets by itself, with the release that began to, and on what condition. */
  readonly automatic: readonly {
    readonly feature: string;
    readonly since: string;
    readonly when: string | null;
  }[];
  /** What libvirt has no way to set. */
  readonly without: readonly string[];
}

/** What virsh is given for some features. */
export function libvirtPlan(wanted: readonly MigrationFeature[], mode: Mode): LibvirtPlan {
  const features = withNeeds(wanted).filter(({ kind }) => kind !== "transport");
  const verb = mode === "save-and-restore" ? "save" : "migrate";
  const found = features.map((feature) => ({ feature, way: wayOf(feature, verb) }));
  const ways = found.flatMap(({ feature, way }) => (way ? [{ feature, way }] : []));
  const asked = ways.filter(({ way }) => way.value.options.length > 0);
  const since = ways
    .map(({ way }) => versionOf(way))
    .sort(compareVersions)
    .at(-1);
  const other = wanted.find(
    ({ transport }) => transport === "unix" || transport === "exec" || transport === "fd",
  );
  const options = merged(
    asked.flatMap(({ feature, way }) => way.value.options.map((option) => filled(option, feature))),
  );
  return {
    commands: other ? [] : commandsOf(mode, options),
    since: since ?? null,
    automatic: ways
      .filter(({ way }) => way.value.options.length === 0)
      .map(({ feature, way }) => ({
        feature: feature.id,
        since: versionOf(way),
        when: way.value.when ?? null,
      })),
    without: [
      ...found.filter(({ way }) => !way).map(({ feature }) => feature.id),
      ...(other ? [other.id] : []),
    ],
  };
}

/** The way to a feature by its value, else by its parameter's name. */
function wayOf(
  { id, settings }: MigrationFeature,
  verb: LibvirtWay["command"],
): Fact<LibvirtWay> | undefined {
  const [setting] = settings;
  const names = [id, ...(setting?.kind === "parameter" ? [setting.name] : [])];
  return LIBVIRT_WAYS.find(({ value }) => {
    return names.includes(value.feature) && (value.command === verb || value.options.length === 0);
  });
}

function filled(option: string, { settings }: MigrationFeature): string {
  const [setting] = settings;
  return option.replace("%s", setting?.kind === "parameter" ? String(setting.value) : "");
}

/** Each option once; several methods of compression behind one. */
function merged(options: readonly string[]): readonly string[] {
  const methods = [...new Set(options.filter((each) => each.startsWith(METHODS)))];
  const parallel = options.findLast((each) => each.startsWith(CHANNELS));
  const kept = [...new Set(options)].filter(
    (each) => !each.startsWith(METHODS) && !each.startsWith(CHANNELS),
  );
  const method =
    methods.length > 0 ? [`${METHODS}${methods.map((each) => each.slice(METHODS.length)).join(",")}`] : [];
  const at = kept.indexOf("--compressed") + 1;
  return [...kept.slice(0, at), ...method, ...kept.slice(at), ...(parallel ? [parallel] : [])];
}

const METHODS = "--comp-methods=";
const CHANNELS = "--parallel-channels=";

function commandsOf(mode: Mode, options: readonly string[]): readonly string[] {
  const all = options.map((option) => ` ${option}`).join("");
  if (mode === "save-and-restore")
    return [`virsh save DOMAIN /PATH/TO/FILE${all}`, "virsh restore /PATH/TO/FILE"];
  const plain = all.replaceAll(" --postcopy-resume", "");
  const migrate = `virsh migrate --live${plain} DOMAIN qemu+ssh://DESTINATION/system`;
  if (mode === "precopy") return [migrate];
  const postcopy = [migrate, "virsh migrate-postcopy DOMAIN  # from another shell, while that runs"];
  return mode === "postcopy"
    ? postcopy
    : [...postcopy, migrate.replace("--live", "--live --postcopy-resume")];
}

function versionOf({ since }: Fact<LibvirtWay>): string {
  return typeof since === "string" ? since : since.atLatest;
}
