/** What replaying costs: streams that releases from 2.5 to 10.0 take whole, and cases by the line. */
import { readFileSync, writeFileSync } from "node:fs";
import { mixedPages } from "./images.mjs";
import { pageStream, writeStreamFile } from "./streams.mjs";

/** The newest machine type that all releases since 2.5 have, but for the last. */
const MACHINE = "pc-i440fx-2.5";
const CASES = ["more-destination", "more-source"].map(
  (name) => new URL(`../fixtures/peers/${name}.ndjson`, import.meta.url),
);
const COPIES = 10;

/** Writes a stream of mixed pages. */
export function writeReplayFile(path, gibibytes) {
  writeStreamFile(path, pageStream(gibibytes, mixedPages(), MACHINE));
}

/** Writes recorded cases, many times over, and says how many they are. Pieces that came apart are joined. */
export function writeCases(path) {
  const lines = CASES.flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n")).map((line) => {
    const { connections, observed, ...rest } = JSON.parse(line);
    const joined = connections.map(({ hex = "", parts = [], zeros = 0, close }) => ({
      hex: `${hex}${parts.join("")}${"00".repeat(zeros)}`,
      close,
    }));
    return `${JSON.stringify({ ...rest, connections: joined })}\n`;
  });
  writeFileSync(path, lines.join("").repeat(COPIES));
  return lines.length * COPIES;
}
