import type { ErrorText } from "../../../facts/error-text.ts";
import type { Fact } from "../../../facts/fact.ts";
import type { PrintfValue } from "../../../facts/printf.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { inSection, loadError, loadErrorLines } from "../../endings/load-failed.ts";
import { ramSection } from "../../endings/source-fails.ts";
import type { Ending } from "../../verdict.ts";

const RAM_VERSION = 4;

/** The destination refuses the list of RAM blocks, with which a migration begins. */
export function ramRefused(
  pair: Pair,
  text: readonly Fact<ErrorText>[],
  ...values: readonly PrintfValue[]
): Ending {
  const { destination } = pair;
  const error = inSection(destination, loadError(destination, "EINVAL", text, ...values), {
    kind: "start",
    id: ramSection(pair),
    idstr: "ram",
    instance: 0,
    version: RAM_VERSION,
    bare: true,
  });
  return destinationFails(pair, "setup", loadErrorLines(destination, error));
}
