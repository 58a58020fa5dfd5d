import { COMPRESSION_NOT_BUILT } from "../../../facts/qemu/settings/parameter-values.ts";
import { MULTIFD_COMPRESSION } from "../../../facts/qemu/settings/parameters-multifd.ts";
import type { ScenarioChange } from "../../change.ts";
import { endOf } from "../../end.ts";
import { unset } from "../../fixes.ts";
import type { Scenario } from "../../scenario.ts";
import { compressionOf } from "./multifd-side.ts";

const PARAMETER = "multifd-compression";

/** The destination with the compression of the source, if it has that; else neither side with any. */
export function sameCompression(scenario: Scenario): readonly ScenarioChange[] {
  const sent = compressionOf(endOf("source", scenario.source));
  const end = endOf("destination", scenario.destination);
  const takes =
    end.value(MULTIFD_COMPRESSION)?.values?.includes(sent) === true &&
    end.value(COMPRESSION_NOT_BUILT)?.includes(sent) !== true;
  return takes ? [{ end: "destination", parameter: PARAMETER, value: sent }] : unset(scenario, PARAMETER);
}
