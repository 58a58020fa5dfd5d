import { isModelled } from "../../../compat/check/modelled.ts";
import { setupFor } from "../../../compat/matrix/features.ts";
import { type Matrix, type MatrixEnd, matrixOf } from "../../../compat/matrix/matrix.ts";
import { WantedError } from "../../../compat/negotiate/wanted.ts";
import { compareVersions, findRelease, versionsOf } from "../../../compat/releases.ts";
import { CLEAN, type ExitStatus, UsageError } from "../../exit.ts";
import { matrixCsv } from "../../matrix/csv.ts";
import { matrixHtml } from "../../matrix/html.ts";
import { matrixText } from "../../matrix/text.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";

export interface MatrixOptions {
  readonly machine?: string;
  readonly with?: readonly string[];
  /** A fleet's file, whose hosts are the ends. */
  readonly fleet?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly html?: boolean;
  readonly observations: boolean;
}

/** Releases x releases for a set of features. */
export async function matrix(
  names: readonly string[],
  { machine, with: features = [], fleet, json, csv, html, observations }: MatrixOptions,
  output: Output,
): Promise<ExitStatus> {
  if ([json, csv, html].filter(Boolean).length > 1)
    throw new UsageError("--json, --csv or --html: one of them");
  const ends = await endsFrom(names, fleet);
  const made = matrixOf({
    ends,
    ...(machine === undefined ? {} : { machine }),
    setup: setupOf(features),
    observations,
  });
  const what = printable(
    `${features.join(", ") || "plain precopy"}, ${machine ?? "the newest pc-q35 that both have"}`,
  );
  const about = `${what}: sources down, destinations across`;
  if (json) output.out(`${JSON.stringify(documentOf(made, machine, features))}\n`);
  else if (csv) output.out(matrixCsv(made));
  else output.out(html ? matrixHtml(made, about) : matrixText(made, about, output));
  return CLEAN;
}

function documentOf(made: Matrix, machine: string | undefined, features: readonly string[]) {
  return {
    format: "migwire/matrix@1",
    machine: machine ?? null,
    with: features,
    names: made.names,
    verdicts: made.verdicts.map(
      ({ scenario: { source, destination }, verdict: { format: _, ...verdict } }) => ({
        sourceVersion: source.qemu,
        destinationVersion: destination.qemu,
        machine: source.machine ?? null,
        ...verdict,
      }),
    ),
    cells: made.cells,
  };
}

function setupOf(features: readonly string[]) {
  try {
    return setupFor(features);
  } catch (error) {
    if (error instanceof WantedError) throw new UsageError(`--with: ${error.message}`);
    throw error;
  }
}

async function endsFrom(names: readonly string[], fleet: string | undefined): Promise<readonly MatrixEnd[]> {
  if (fleet !== undefined) {
    if (names.length > 0) throw new UsageError("either --fleet, or peers by name");
    const { endsOfFleet } = await import("../../matrix/told-ends.ts");
    return endsOfFleet(fleet);
  }
  if (names.length === 0) return versionsOf("qemu").filter(isModelled).map(endOf);
  return (await Promise.all(names.map(endsNamed))).flat();
}

/** A version, all from one to another (`7.2..8.1`), an inventory, or a monitor. */
async function endsNamed(text: string): Promise<readonly MatrixEnd[]> {
  const [from = "", to, ...more] = text.split("..").map((one) => one.replace(/^qemu-/, ""));
  if (to !== undefined && more.length === 0 && findRelease("qemu", from) && findRelease("qemu", to)) {
    const versions = versionsOf("qemu");
    if (compareVersions(from, to) > 0) throw new UsageError(`${from}..${to}: name the older release first`);
    return versions.slice(versions.indexOf(listed(from)), versions.indexOf(listed(to)) + 1).map(endOf);
  }
  if (findRelease("qemu", from) && to === undefined) return [endOf(from)];
  const { peerFromArgument } = await import("../../matrix/told-ends.ts");
  return [await peerFromArgument(text)];
}

function endOf(version: string): MatrixEnd {
  return { name: version, peer: { qemu: version } };
}

/** The list has 7.2 for 7.2.0. */
function listed(version: string): string {
  return version.replace(/^(\d+\.\d+)\.0$/, "$1");
}
