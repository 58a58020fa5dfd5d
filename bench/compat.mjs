/**
 * Measures `compat check`, `matrix` and `fleet`, beside a Node that only parses and writes the same lines, or does nothing:
 * medians of five interleaved rounds. Nothing is asserted. `node bench/compat.mjs [DIRECTORY]` after `npm run build`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = 5;
const COPIES = 80;
const HOSTS = 100_000;
const MAIN = fileURLToPath(new URL("../dist/migwire.cjs", import.meta.url));
const RECORDED = new URL("../fixtures/migrations/recorded.ndjson", import.meta.url);
const ECHO = `
let text = "";
process.stdin.setEncoding("utf8").on("data", (chunk) => { text += chunk; }).on("end", () => {
  process.stdout.write(text.trimEnd().split("\\n").map((line) => JSON.stringify(JSON.parse(line)) + "\\n").join(""));
});`;

/** Recorded scenarios, each many times with another id and memory, so that no two are the same. */
function writeScenarios(path) {
  const lines = readFileSync(RECORDED, "utf8").trimEnd().split("\n");
  const scenarios = Array.from({ length: COPIES }, (_, copy) =>
    lines.map((line) => {
      const { observed: _, id, source, destination, ...rest } = JSON.parse(line);
      const memoryMiB = 64 + copy;
      const ends = { source: { memoryMiB, ...source }, destination: { memoryMiB, ...destination } };
      return `${JSON.stringify({ id: `${id} ${copy}`, ...ends, ...rest })}\n`;
    }),
  ).flat();
  writeFileSync(path, scenarios.join(""));
  return scenarios.length;
}

/** A fleet of six releases, with a VM a host. */
function writeFleet(yaml, json) {
  const versions = ["5.2.0", "7.2.22", "8.2.7", "9.2.3", "10.0.13", "11.1.3"];
  const hosts = Array.from({ length: HOSTS }, (_, i) => ({
    name: `host${i}`,
    qemu: versions[i % versions.length],
  }));
  const vms = hosts.map(({ name }, i) => ({ name: `vm${i}`, host: name, machine: "pc-q35-5.2" }));
  writeFileSync(json, JSON.stringify({ upgrade: "11.1.3", hosts, vms }));
  const text = (items) =>
    items.map(
      (item) =>
        `  - ${Object.entries(item)
          .map(([key, value]) => `${key}: ${value}`)
          .join("\n    ")}\n`,
    );
  writeFileSync(yaml, ["upgrade: 11.1.3\nhosts:\n", ...text(hosts), "vms:\n", ...text(vms)].join(""));
}

function timed(file, ...command) {
  const start = performance.now();
  const { status, error } = spawnSync(process.execPath, command, {
    stdio: [file === null ? "ignore" : "pipe", "ignore", "inherit"],
    ...(file === null ? {} : { input: readFileSync(file) }),
  });
  if (error) throw error;
  if (status === 2) throw new Error(`${command.join(" ")}: exit status 2`);
  return performance.now() - start;
}

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), "migwire-bench-"));
process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
const [scenarios, yaml, json] = ["scenarios.ndjson", "fleet.yaml", "fleet.json"].map((name) =>
  join(directory, name),
);
const count = writeScenarios(scenarios);
writeFleet(yaml, json);

const measurements = {
  "node -e 0": () => timed(null, "-e", "0"),
  "compat check of one scenario, which is its start": () =>
    timed(null, MAIN, "compat", "check", "--from", "7.2.22", "--to", "10.0.13"),
  [`parse and write ${count} scenarios`]: () => timed(scenarios, "-e", ECHO),
  [`compat check of ${count} scenarios`]: () => timed(scenarios, MAIN, "compat", "check"),
  "… --no-observations": () => timed(scenarios, MAIN, "compat", "check", "--no-observations"),
  "compat matrix, all releases": () => timed(null, MAIN, "compat", "matrix"),
  "compat matrix --with multifd,zstd": () => timed(null, MAIN, "compat", "matrix", "--with", "multifd,zstd"),
  [`compat fleet of ${HOSTS} hosts and VMs, JSON`]: () => timed(null, MAIN, "compat", "fleet", json),
  [`compat fleet of ${HOSTS} hosts and VMs, YAML`]: () => timed(null, MAIN, "compat", "fleet", yaml),
};
const results = new Map(Object.keys(measurements).map((name) => [name, []]));
for (let round = 0; round <= ROUNDS; round++)
  for (const [name, measure] of Object.entries(measurements)) {
    const time = measure();
    if (round > 0) results.get(name).push(time);
  }
const median = (name) => results.get(name).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)];
const idle = median("node -e 0");
for (const name of results.keys()) {
  const time = median(name);
  const rate = name.includes("scenarios") ? `  ${Math.round((count / time) * 1000)} a second` : "";
  process.stdout.write(
    `${name.padEnd(52)} ${time.toFixed(0).padStart(6)} ms  ${(time / idle).toFixed(1).padStart(5)} x node${rate}\n`,
  );
}
