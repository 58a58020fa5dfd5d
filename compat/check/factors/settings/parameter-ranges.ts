import { type ErrorText, say } from "../../../facts/error-text.ts";
import type { Fact } from "../../../facts/fact.ts";
import type { Parameter } from "../../../facts/qemu/settings/parameter.ts";
import * as errors from "../../../facts/qemu/settings/parameter-errors.ts";
import * as errorsAnnounce from "../../../facts/qemu/settings/parameter-errors-announce.ts";
import * as errorsMultifd from "../../../facts/qemu/settings/parameter-errors-multifd.ts";
import * as errorsThrottle from "../../../facts/qemu/settings/parameter-errors-throttle.ts";
import type { End } from "../../end.ts";
import { integerKept, integerRefused } from "./integers.ts";
import { endHasParameter, type Known, parametersOf } from "./known.ts";
import type { ParameterFault } from "./parameter-fault.ts";
import { perVersion } from "./per-version.ts";

interface Range {
  readonly parameter: string;
  readonly text: readonly Fact<ErrorText>[];
  readonly isLate?: boolean;
  readonly fits: (end: End, value: number, known: Parameter) => boolean;
}

/** The page size of a PC's guest. */
const PAGE = 4096;

/** In the order of every release. The mapping is looked at in front of those that are `late`. */
const RANGES: readonly Range[] = [
  range("compress-level", errorsMultifd.COMPRESS_LEVEL),
  range("compress-threads", errorsMultifd.COMPRESS_THREADS),
  range("decompress-threads", errorsMultifd.DECOMPRESS_THREADS),
  range("throttle-trigger-threshold", errorsThrottle.THROTTLE_TRIGGER_THRESHOLD),
  range("x-cpu-throttle-initial", errorsThrottle.CPU_THROTTLE_INITIAL),
  range("cpu-throttle-initial", errorsThrottle.CPU_THROTTLE_INITIAL),
  range("x-cpu-throttle-increment", errorsThrottle.CPU_THROTTLE_INCREMENT),
  range("cpu-throttle-increment", errorsThrottle.CPU_THROTTLE_INCREMENT),
  range("downtime-limit", errors.DOWNTIME_LIMIT),
  range("x-checkpoint-delay", errors.X_CHECKPOINT_DELAY),
  range("x-multifd-channels", errorsMultifd.MULTIFD_CHANNELS),
  range("multifd-channels", errorsMultifd.MULTIFD_CHANNELS),
  range("x-multifd-page-count", errorsMultifd.X_MULTIFD_PAGE_COUNT),
  range("multifd-zlib-level", errorsMultifd.MULTIFD_ZLIB_LEVEL),
  range("multifd-qatzip-level", errorsMultifd.MULTIFD_QATZIP_LEVEL),
  range("multifd-zstd-level", errorsMultifd.MULTIFD_ZSTD_LEVEL),
  range("xbzrle-cache-size", errors.XBZRLE_CACHE_SIZE, (_, value) => value >= PAGE && isPowerOfTwo(value)),
  range(
    "max-cpu-throttle",
    errorsThrottle.MAX_CPU_THROTTLE,
    (end, value, known) => value >= initialThrottle(end) && isWithin(value, known),
  ),
  range("announce-initial", errorsAnnounce.ANNOUNCE_INITIAL),
  range("announce-max", errorsAnnounce.ANNOUNCE_MAX),
  range("announce-rounds", errorsAnnounce.ANNOUNCE_ROUNDS),
  range("announce-step", errorsAnnounce.ANNOUNCE_STEP),

  late(range("x-vcpu-dirty-limit-period", errorsThrottle.X_VCPU_DIRTY_LIMIT_PERIOD)),
  late(range("vcpu-dirty-limit", errorsThrottle.VCPU_DIRTY_LIMIT)),
  late(
    range(
      "x-rdma-chunk-size",
      errors.X_RDMA_CHUNK_SIZE,
      (_, value, known) => isWithin(value, known) && isPowerOfTwo(value),
    ),
  ),
];

function range(
  parameter: string,
  text: readonly Fact<ErrorText>[],
  fits: Range["fits"] = (_, value, known) => isWithin(value, known),
): Range {
  return { parameter, text, fits };
}

function late(each: Range): Range {
  return { ...each, isLate: true };
}

/** A range that a release compares with, and what it says then. */
interface Compared extends Range {
  readonly at: number;
  readonly known: Known<Parameter>;
  readonly said: string;
}

const comparedOf = perVersion((version): ReadonlyMap<string, Compared> => {
  const known = parametersOf(version);
  const all = RANGES.flatMap((each, at) => {
    const parameter = known.get(each.parameter);
    const said = say(each.text, version)?.text;
    return parameter && said !== undefined ? [{ ...each, at, known: parameter, said }] : [];
  });
  return new Map(all.map((each) => [each.parameter, each]));
});

/** Values that are read, but out of their range, in the order of the release; `isLate` ones behind the mapping. */
export function rangeFaults(end: End, parameters: Readonly<Record<string, unknown>>): readonly RangeFault[] {
  let broken: Compared[] | undefined;
  const compared = comparedOf(end.version);
  for (const name in parameters) {
    const each = compared.get(name);
    const value = each && numberOf(end, name);
    if (each && value !== undefined && !each.fits(end, value, each.known.value))
      broken = [...(broken ?? []), each];
  }
  return broken === undefined ? NONE : broken.sort((a, b) => a.at - b.at).map(rangeFault);
}

/** A fault that is found in front of a mapping's or behind it. */
type RangeFault = ParameterFault & { readonly isLate: boolean };
const NONE: readonly RangeFault[] = [];

function rangeFault({ parameter, said: text, text: facts, known, isLate = false }: Compared): RangeFault {
  const { min = "", max = "" } = known.value;
  return { kind: "range", parameter, text, args: { min, max }, facts, isLate };
}

/** The number that is compared; undefined where there is none to compare. */
function numberOf(end: End, parameter: string): number | undefined {
  const value = end.set(parameter);
  if (typeof value !== "number" || !endHasParameter(end, parameter)) return undefined;
  return integerRefused(end, parameter, value) === undefined ? integerKept(end, parameter, value) : undefined;
}

/** max-cpu-throttle is compared with what is set in the same command, or was before. */
function initialThrottle(end: End): number {
  const initial = parametersOf(end.version).get("cpu-throttle-initial")?.value.default;
  return numberOf(end, "cpu-throttle-initial") ?? (typeof initial === "number" ? initial : 0);
}

function isWithin(
  value: number,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Parameter,
): boolean {
  return value >= min && value <= max;
}

/** Numbers from 2 ** 64 on are what small negative ones were rounded to, and have every bit. */
function isPowerOfTwo(value: number): boolean {
  return value > 0 && value < 2 ** 64 && (BigInt(value) & (BigInt(value) - 1n)) === 0n;
}
