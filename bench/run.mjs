/**
 * Measures migwire against doing nothing but reading: medians of five interleaved rounds, printed beside the reference.
 * Nothing is asserted; times on a loaded machine mean little. `node bench/run.mjs [DIRECTORY]` after `npm run build`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statfsSync, statSync } from "node:fs";
import { availableParallelism, cpus, freemem, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createStreamReader, createSummariser } from "../dist/codec/index.js";
import { ETHERNET_SEGMENT, LOOPBACK_SEGMENT, multifdCapture } from "./captures.mjs";
import { mixedPages, writeImageFile } from "./images.mjs";
import { writeCases, writeReplayFile } from "./replay.mjs";
import { pageStream, writeStreamFile, zeroStream } from "./streams.mjs";

const ROUNDS = 5;
const SIZES = [1, 2, 4];
const ZERO_PAGES = 4 * 2 ** 20;
const CHUNK = 2 ** 20;
const MIB = 2 ** 20;
const GIB = 2 ** 30;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const MAIN = here("../dist/migwire.cjs");
const STREAMS = here("streams.mjs");
const USAGE = new URL("usage.mjs", import.meta.url).href;

/** Wall and CPU seconds of a whole process, from fork to its end. bash tells both for programs that are not Node. */
const TIME =
  'TIMEFORMAT="%U %S"; from=$EPOCHREALTIME; { time "$@" >/dev/null 2>&1; } 2>&4; status=$?; echo $from $EPOCHREALTIME $status >&4';

function timeProcess(...command) {
  return timeExpecting(0, ...command);
}

function timeExpecting(expected, ...command) {
  const { output } = spawnSync("bash", ["-c", TIME, "bash", ...command], {
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "inherit", "ignore", "pipe"],
  });
  const [user, system, from, to, status] = output[4].toString().trim().split(/\s+/).map(Number);
  if (status !== expected) throw new Error(`${command.join(" ")}: exit status ${status}`);
  return { wall: to - from, cpu: user + system };
}

const replay = (peers, path) => [process.execPath, MAIN, "replay", "--as", peers, path];
const verify = (...inputs) => [process.execPath, MAIN, "verify", ...inputs];

/** Peak memory of `migwire verify`, over a file or over what another process pipes in. */
function peakOf(path) {
  return peakExpecting(0, "verify", path);
}

function peakExpecting(expected, ...command) {
  const { output, status } = spawnSync(process.execPath, ["--import", USAGE, MAIN, ...command], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  if (status !== expected) throw new Error(`${command.join(" ")}: exit status ${status}`);
  return JSON.parse(output[3].toString()).peak;
}

function peakPiped(gibibytes) {
  const script = 'set -o pipefail; "$0" "$1" pages "$2" | "$0" --import "$3" "$4" verify - >&2';
  const arguments_ = [process.execPath, STREAMS, String(gibibytes), USAGE, MAIN];
  const { output, status } = spawnSync("bash", ["-c", script, ...arguments_], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  if (status !== 0) throw new Error(`verify of ${gibibytes} GiB through a pipe: exit status ${status}`);
  return JSON.parse(output[3].toString()).peak;
}

/** Runs every measurement once a round, so that what else the machine does hits all of them. The first round warms up. */
function interleave(measurements) {
  const results = new Map(Object.keys(measurements).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++)
    for (const [name, measure] of Object.entries(measurements)) {
      const result = measure();
      if (round > 0) results.get(name).push(result);
    }
  return (name, key) => median(results.get(name).map((result) => result[key]));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Reads the zero-heavy stream once, in this process, as `decode` would. */
function readZeroPages(bytes) {
  const summariser = createSummariser();
  const reader = createStreamReader(summariser);
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let at = 0; at < bytes.length; at += CHUNK) reader.push(bytes.subarray(at, at + CHUNK));
  reader.finish();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const zero = summariser.summary().ram?.pages.zero;
  if (zero !== ZERO_PAGES) throw new Error(`${zero} zero pages read instead of ${ZERO_PAGES}`);
  return { wall, cpu: (user + system) / 1e6 };
}

function gather(pieces) {
  const copies = [];
  for (const piece of pieces) copies.push(piece.slice());
  return Buffer.concat(copies);
}

function table(title, head, rows) {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i].length)));
  const line = (cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
  process.stdout.write(`\n${title}\n${[head, ...rows].map((cells) => `  ${line(cells)}`).join("\n")}\n`);
}

const ms = (seconds) => (seconds * 1000).toFixed(1);
const mib = (bytes) => (bytes / MIB).toFixed(1);
const ratio = (value, reference) => `${(value / reference).toFixed(2)} x`;

/** Whole processes over one file in cache, beside dd and a Node that does nothing. */
function benchProcesses(path) {
  const of = interleave({
    dd: () => timeProcess("dd", `if=${path}`, "of=/dev/null", "bs=1M"),
    node: () => timeProcess(process.execPath, "-e", "0"),
    verify: () => timeProcess(...verify(path)),
  });
  const sum = (key) => of("dd", key) + of("node", key);
  const row = (name, key) => [
    name,
    ms(of(key, "wall")),
    ratio(of(key, "wall"), sum("wall")),
    ms(of(key, "cpu")),
    ratio(of(key, "cpu"), sum("cpu")),
  ];
  table(
    "verify of 1 GiB, 262,144 normal pages, in page cache",
    ["", "wall ms", "ratio", "cpu ms", "ratio"],
    [
      row("dd bs=1M", "dd"),
      row("node -e 0", "node"),
      ["dd + node -e 0", ms(sum("wall")), ratio(1, 1), ms(sum("cpu")), ratio(1, 1)],
      row("migwire verify", "verify"),
    ],
  );
}

/** A capture of multifd, whose payloads are stepped over, beside dd and tshark on the same file. */
function benchCapture(path, segment) {
  const hasTshark = spawnSync("tshark", ["--version"]).status === 0;
  const of = interleave({
    dd: () => timeProcess("dd", `if=${path}`, "of=/dev/null", "bs=1M"),
    ...(hasTshark ? { tshark: () => timeProcess("tshark", "-q", "-z", "conv,tcp", "-r", path) } : {}),
    verify: () => timeProcess(...verify(path)),
  });
  const rate = (key) => (statSync(path).size / of(key, "wall") / 1e9).toFixed(2);
  const row = (name, key) => [
    name,
    ms(of(key, "wall")),
    ratio(of(key, "wall"), of("dd", "wall")),
    ms(of(key, "cpu")),
    rate(key),
  ];
  table(
    `verify of a pcap of 1 GiB over two multifd channels, ${segment} bytes a packet; peak ${mib(peakOf(path))} MiB`,
    ["", "wall ms", "ratio", "cpu ms", "GB/s"],
    [
      row("dd bs=1M", "dd"),
      ...(hasTshark ? [row("tshark -q -z conv,tcp", "tshark")] : []),
      row("migwire verify", "verify"),
    ],
  );
}

/** A save image beside the program that decompresses its payload, which runs in both. */
function benchImage(directory, format) {
  if (spawnSync(format, ["--version"]).status !== 0) return;
  const stream = join(directory, "mixed.bin");
  const image = join(directory, `${format}.save`);
  const payload = join(directory, `${format}.payload`);
  if (!existsSync(stream)) writeStreamFile(stream, pageStream(1, mixedPages()));
  const offset = writeImageFile(image, stream, format, 1);
  spawnSync("bash", ["-c", 'tail -c "+$1" "$2" >"$3"', "bash", String(offset + 1), image, payload]);
  const of = interleave({
    program: () => timeProcess("bash", "-c", '"$0" -dc "$1" | wc -c', format, payload),
    verify: () => timeProcess(...verify(image)),
  });
  const row = (name, key) => [
    name,
    ms(of(key, "wall")),
    ratio(of(key, "wall"), of("program", "wall")),
    ms(of(key, "cpu")),
  ];
  const size = mib(statSync(image).size);
  table(
    `verify of a save image of 1 GiB, ${size} MiB as ${format}; peak ${mib(peakOf(image))} MiB`,
    ["", "wall ms", "ratio", "cpu ms"],
    [row(`${format} -dc | wc -c`, "program"), row("migwire verify", "verify")],
  );
  for (const path of [image, payload]) rmSync(path);
}

function benchZeroPages(path) {
  const bytes = gather(zeroStream(ZERO_PAGES));
  const of = interleave({
    memory: () => readZeroPages(bytes),
    dd: () => timeProcess("dd", `if=${path}`, "of=/dev/null", "bs=1M"),
    node: () => timeProcess(process.execPath, "-e", "0"),
    verify: () => timeProcess(...verify(path)),
  });
  const rate = (key) => (ZERO_PAGES / of("memory", key) / 1e6).toFixed(1);
  const row = (name, key) => [name, ms(of(key, "wall")), ms(of(key, "cpu"))];
  table(
    `${ZERO_PAGES} zero pages`,
    ["", "wall ms", "cpu ms"],
    [
      row("createStreamReader in process", "memory"),
      row("dd bs=1M", "dd"),
      row("node -e 0", "node"),
      row("migwire verify", "verify"),
    ],
  );
  process.stdout.write(`  in process: ${rate("wall")} M records/s (${rate("cpu")} M by CPU time)\n`);
}

/** Time and peak memory as the input grows: linear if each further GiB costs the same. */
function benchGrowth(files) {
  const of = interleave(
    Object.fromEntries(files.map(({ size, path }) => [`${size}`, () => timeProcess(...verify(path))])),
  );
  const further = (i, key) => {
    if (i === 0) return "";
    const [before, now] = [files[i - 1].size, files[i].size];
    return ms((of(`${now}`, key) - of(`${before}`, key)) / (now - before));
  };
  const rows = files.map(({ size, path }, i) => [
    `${size} GiB`,
    ms(of(`${size}`, "wall")),
    further(i, "wall"),
    ms(of(`${size}`, "cpu")),
    further(i, "cpu"),
    mib(peakOf(path)),
  ]);
  const left = SIZES.filter((size) => !files.some((file) => file.size === size));
  for (const size of left) rows.push([`${size} GiB, piped`, "", "", "", "", mib(peakPiped(size))]);
  table(
    "verify as the input grows",
    ["", "wall ms", "a further GiB", "cpu ms", "a further GiB", "peak MiB"],
    rows,
  );
}

/** One peer and all of them over the same stream, beside verify; the newest peers do not have its machine, and end at once. */
function benchReplay(directory, size) {
  const path = join(directory, `replay-${size}.bin`);
  writeReplayFile(path, size);
  const of = interleave({
    dd: () => timeProcess("dd", `if=${path}`, "of=/dev/null", "bs=1M"),
    verify: () => timeProcess(...verify(path)),
    one: () => timeProcess(...replay("qemu-7.2.22", path)),
    all: () => timeExpecting(1, ...replay("all", path)),
  });
  const row = (name, key, peak) => [
    name,
    ms(of(key, "wall")),
    ratio(of(key, "wall"), of("dd", "wall")),
    ms(of(key, "cpu")),
    peak === undefined ? "" : mib(peak),
  ];
  table(
    `replay of ${size} GiB of mixed pages`,
    ["", "wall ms", "ratio", "cpu ms", "peak MiB"],
    [
      row("dd bs=1M", "dd"),
      row("migwire verify", "verify", peakOf(path)),
      row(
        "migwire replay --as qemu-7.2.22",
        "one",
        peakExpecting(0, ...replay("qemu-7.2.22", path).slice(2)),
      ),
      row("migwire replay --as all", "all", peakExpecting(1, ...replay("all", path).slice(2))),
    ],
  );
  rmSync(path);
}

function benchCases(directory) {
  const path = join(directory, "cases.ndjson");
  const count = writeCases(path);
  const command = ["replay", "--ndjson", path];
  const of = interleave({ cases: () => timeExpecting(1, process.execPath, MAIN, ...command) });
  const rate = (key) => Math.round(count / of("cases", key)).toString();
  table(
    `replay --ndjson of ${count} cases; peak ${mib(peakExpecting(1, ...command))} MiB`,
    ["", "wall ms", "cpu ms", "cases/s", "by cpu"],
    [["migwire replay --ndjson", ms(of("cases", "wall")), ms(of("cases", "cpu")), rate("wall"), rate("cpu")]],
  );
  rmSync(path);
}

/** The sizes whose files fit on the disk and stay in memory together. */
function sizesWithRoom(directory) {
  const { bavail, bsize } = statfsSync(directory);
  const room = Math.min(bavail * bsize, freemem());
  let used = GIB / 2;
  return SIZES.filter((size) => {
    used += size * 1.01 * GIB;
    return size === 1 || used < room;
  });
}

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), "migwire-bench-"));
const remove = () => rmSync(directory, { recursive: true, force: true });
process.once("exit", remove);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(2));

process.stdout.write(
  `node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? process.arch}, load ${loadavg()[0].toFixed(2)}; medians of ${ROUNDS} rounds\n`,
);
const files = sizesWithRoom(directory).map((size) => ({ size, path: join(directory, `pages-${size}.bin`) }));
for (const { size, path } of files) writeStreamFile(path, pageStream(size));
const zeros = join(directory, "zeros.bin");
writeStreamFile(zeros, zeroStream(ZERO_PAGES));
for (const segment of [LOOPBACK_SEGMENT, ETHERNET_SEGMENT]) {
  const path = join(directory, `multifd-${segment}.pcap`);
  writeStreamFile(path, multifdCapture(1, segment));
  benchCapture(path, segment);
  rmSync(path);
}
for (const format of ["zstd", "gzip"]) benchImage(directory, format);
rmSync(join(directory, "mixed.bin"), { force: true });
benchProcesses(files[0].path);
for (const { size } of files) benchReplay(directory, size);
benchCases(directory);
benchZeroPages(zeros);
benchGrowth(files);
