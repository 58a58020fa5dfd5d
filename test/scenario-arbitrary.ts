import fc from "fast-check";
import type { Scenario, ScenarioPeer } from "../compat/check/scenario.ts";
import { MODES, TRANSPORTS } from "../compat/check/scenario.ts";
import { linesOfQemu } from "../compat/releases.ts";

/** Releases of every line that is modelled, the four of the recordings among them. */
const VERSIONS = linesOfQemu()
  .filter((line) => line !== "11.1")
  .map((line) => `${line}.0`)
  .concat("5.2.0", "7.2.22", "8.2.7", "9.1.3", "10.0.13", "11.1.3");

const CAPABILITIES = [
  ...["multifd", "postcopy-ram", "return-path", "dirty-bitmaps", "xbzrle", "compress", "mapped-ram"],
  ...[
    "postcopy-preempt",
    "switchover-ack",
    "validate-uuid",
    "release-ram",
    "x-ignore-shared",
    "zero-copy-send",
  ],
  ...["auto-converge", "background-snapshot", "x-colo", "block", "dirty-limit", "pause-before-switchover"],
];
const capabilities = fc.dictionary(fc.constantFrom(...CAPABILITIES), fc.boolean(), { maxKeys: 3 });

const mapping = fc.constantFrom(
  [],
  [{ "node-name": "node0", alias: "a", bitmaps: [{ name: "bm0", alias: "b" }] }],
  [{ "node-name": "node1", alias: "a", bitmaps: [{ name: "bm0", alias: "c" }] }],
);
const parameters = fc.record(
  {
    "multifd-channels": fc.constantFrom(1, 2, 4, 300),
    "multifd-compression": fc.constantFrom("none", "zlib", "zstd", "qpl"),
    "zero-page-detection": fc.constantFrom("none", "legacy", "multifd"),
    "max-bandwidth": fc.constantFrom(1_500_000, 100_000_000),
    "downtime-limit": fc.constantFrom(1, 300, "soon"),
    "block-bitmap-mapping": mapping,
    "direct-io": fc.boolean(),
    mode: fc.constantFrom("normal", "cpr-reboot", "cpr-transfer"),
    "tls-creds": fc.constantFrom("tls0", ""),
  },
  { requiredKeys: [] },
);

const device = fc
  .tuple(
    fc.constantFrom("virtio-rng-pci", "virtio-blk-pci", "virtio-net-pci", "virtio-scsi-pci", "e1000"),
    fc.option(fc.integer({ min: 6, max: 9 })),
    fc.option(fc.constantFrom({ romfile: "" }, { vectors: 2 }, { "queue-size": 128 })),
  )
  .map(([driver, addr, properties]) => ({
    driver,
    ...(addr !== null && { addr }),
    ...(properties !== null && { properties }),
  }));

const uuid = fc.constantFrom("11111111-2222-3333-4444-555555555555", "66666666-2222-3333-4444-555555555555");

/** What one end has besides its release and machine type; most have little. */
const peer = fc.record(
  {
    capabilities,
    parameters,
    cpus: fc.constantFrom(1, 1, 2),
    memoryMiB: fc.constantFrom(32, 32, 64, 4096),
    uuid,
    devices: fc.uniqueArray(device, { maxLength: 2, selector: ({ addr }) => addr ?? {} }),
    bitmaps: fc.constantFrom(
      [],
      [{ node: "node0", name: "bm0" }],
      [{ node: "node0", name: "x".repeat(300) }],
    ),
    nodes: fc.constantFrom([], ["node0"], ["node0", "node1"]),
  },
  { requiredKeys: [] },
);

const version = fc.constantFrom(...VERSIONS);
const line = fc.constantFrom("2.8", "4.2", "5.2", "7.2", "9.0", "10.0");
const family = fc.constantFrom("pc-i440fx-", "pc-q35-");

/** Any scenario: any two releases, mostly of one machine type and with much in common, set in ways that often do not fit. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    versions: fc.tuple(version, version),
    machines: fc.tuple(family, line, line, fc.integer({ min: 0, max: 9 })),
    common: peer,
    own: fc.tuple(peer, peer),
    keys: fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 })),
    transport: fc.constantFrom("tcp" as const, "tcp" as const, ...TRANSPORTS),
    mode: fc.constantFrom("precopy" as const, "precopy" as const, ...MODES),
  })
  .map(({ versions, machines, common, own, keys, transport, mode }) => {
    const [name, first, second, differ] = machines;
    const end = (i: 0 | 1): ScenarioPeer => ({
      qemu: versions[i],
      machine: name + (i === 1 && differ === 0 ? second : first),
      ...common,
      ...Object.fromEntries(Object.entries(own[i]).filter((_, at) => ((keys[i] >> at) & 3) === 0)),
    });
    return { source: end(0), destination: end(1), transport, mode };
  });
