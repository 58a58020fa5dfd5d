import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cli } from "../test/cli.ts";
import { directionsOf, loadSession, sessionCapture } from "../test/session-captures.ts";
import { temporaryDirectory } from "../test/temporary.ts";

const RUNS = Number(process.env.RUNS ?? 12);
const names = [
  "tcp-multifd-zlib-5.2-to-10.0.pcap",
  "tcp-postcopy-recovery-preempt-11.1-to-11.1.pcap",
  "tcp-multifd-snaplen96.pcap",
  "tcp-multifd-zlib.pcapng",
];

const verbs = [
  ["decode"],
  ["decode", "--json"],
  ["decode", "--ndjson"],
  ["verify"],
  ["ram"],
  ["hex"],
] as const;

/** Bytes changed and cut out, wherever. */
const damage = fc.record({
  changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 20 }),
  cut: fc.option(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(70_000))),
  verb: fc.constantFrom(...verbs),
});

function damaged(
  data: Uint8Array,
  { changes, cut }: typeof damage extends fc.Arbitrary<infer T> ? T : never,
) {
  const copy = data.slice();
  for (const [place, byte] of changes) copy[Math.floor(place * (copy.length - 1))] = byte;
  if (!cut) return copy;
  const at = Math.floor(cut[0] * copy.length);
  return new Uint8Array([...copy.subarray(0, at), ...copy.subarray(at + cut[1])]);
}

it.each(names)(
  "%s, damaged anywhere, is told of without a mistake of ours",
  async (name) => {
    const data = loadSession(sessionCapture(name));
    const path = join(temporaryDirectory(), "input");
    await fc.assert(
      fc.asyncProperty(damage, async (what) => {
        writeFileSync(path, damaged(data, what));
        const { status, err } = await cli(...what.verb, path);
        expect(err).not.toContain("please report");
        // Damage can make several migrations of one, among which `ram` has to be told to choose.
        if (status === 2) expect(err).toMatch(/^migwire: /);
      }),
      { numRuns: RUNS },
    );
  },
  60_000,
);

it("so are the files of its channels", async () => {
  const directory = temporaryDirectory();
  const channels = directionsOf(loadSession(sessionCapture("tcp-multifd-zstd-10.0-to-11.1.pcap"))).map(
    ({ up }) => up,
  );
  const paths = channels.map((_, i) => join(directory, String(i)));
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(channels.length - 1), async (what, which) => {
      for (const [i, channel] of channels.entries())
        writeFileSync(paths[i] ?? "", i === which ? damaged(channel, what) : channel);
      const several = what.verb[0] === "hex" ? paths.slice(which, which + 1) : paths;
      const { err } = await cli(...what.verb, ...several);
      expect(err).not.toContain("please report");
    }),
    { numRuns: RUNS },
  );
}, 60_000);
