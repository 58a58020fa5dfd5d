import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixtures, load } from "../../../test/captures.ts";
import { cli } from "../../../test/cli.ts";
import type { Death } from "../../../test/dying-file-system.ts";
import { buildImageProgram, runProgram } from "../../../test/image-process.ts";
import { leaveJournal } from "../../../test/journals.ts";
import { loadLibvirt } from "../../../test/libvirt-fixtures.ts";
import { saveImage, XML } from "../../../test/save-images.ts";
import { temporaryDirectory } from "../../../test/temporary.ts";
import { sideNames } from "../../durable/names.ts";
import { pendingJournal } from "../../durable/pending.ts";

const STREAM = load(fixtures.find(({ file }) => file === "precopy-11.1-q35-5.2.bin.gz") ?? missing());
const Q35 = XML.replace("pc-i440fx-5.2", "pc-q35-5.2");
const LONGER = XML.replace("<memory", "<title>a title that was not there</title>\n  <memory");
/** What the interrupted process was after: an edit in place, or a file that is new or replaced. */
type Kind = "edit" | "new" | "replace";

interface Scenario {
  readonly what: string;
  readonly kind: Kind;
  readonly args: (file: string) => readonly string[];
  /** What is in the directory before; the file that is written is called `file`. */
  readonly before: Readonly<Record<string, Uint8Array | string>>;
}

const wrapping = (...more: string[]) => {
  return (file: string) => [
    "wrap",
    beside(file, "stream"),
    "--xml",
    beside(file, "xml"),
    "-o",
    file,
    ...more,
  ];
};
const SCENARIOS: readonly Scenario[] = [
  {
    what: "set-xml",
    kind: "edit",
    args: (file) => ["set-xml", file, beside(file, "xml"), "--paused"],
    before: { file: saveImage(), xml: LONGER },
  },
  {
    what: "mark",
    kind: "edit",
    args: (file) => ["mark", file, "partial"],
    before: { file: saveImage({ endian: "be" }) },
  },
  { what: "wrap", kind: "new", args: wrapping(), before: { stream: STREAM, xml: Q35 } },
  {
    what: "wrap with gzip over another image",
    kind: "replace",
    args: wrapping("--force", "--format", "gzip"),
    before: { file: saveImage(), stream: STREAM, xml: Q35 },
  },
  {
    what: "unwrap",
    kind: "new",
    args: (file) => ["unwrap", beside(file, "image"), "-o", file],
    before: { image: loadLibvirt("libvirt-9.0-gzip.save") },
  },
];

let program = "";
const home = mkdtempSync(join(tmpdir(), "migwire-crash-"));
beforeAll(async () => {
  program = await buildImageProgram(home);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function missing(): never {
  throw new Error("a fixture is missing");
}

function beside(file: string, name: string): string {
  return join(dirname(file), name);
}

function prepare({ before }: Pick<Scenario, "before">): string {
  const directory = temporaryDirectory();
  for (const [name, bytes] of Object.entries(before)) writeFileSync(join(directory, name), bytes);
  return join(directory, "file");
}

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runProgram(process.execPath, [program, "image", ...args], env);
const contentOf = (file: string) => (existsSync(file) ? readFileSync(file) : undefined);

const wholes = new Map<Scenario, ReturnType<typeof runWhole>>();
const whole = (scenario: Scenario) => {
  const known = wholes.get(scenario) ?? runWhole(scenario);
  wholes.set(scenario, known);
  return known;
};

/** What a scenario does when nobody dies: the bytes before and after, and the names of its system calls. */
async function runWhole(scenario: Scenario) {
  const file = prepare(scenario);
  const log = join(temporaryDirectory(), "log");
  const old = contentOf(file);
  const { status, text } = await run(scenario.args(file), { DIE_AT: "-1", DIE_LOG: log });
  expect(status, text).toBe(0);
  const fresh = contentOf(file) ?? missing();
  expect(old && fresh.equals(old)).not.toBe(true);
  return { old, fresh, calls: readFileSync(log, "utf8").trim().split("\n") };
}

/** After a death: the file is the old or the new one, at the latest after the next run, which leaves nothing else behind. */
async function expectSound(
  scenario: Scenario,
  file: string,
  { old, fresh }: Awaited<ReturnType<typeof whole>>,
  where: string,
): Promise<"old" | "new"> {
  const nameOf = (content: Buffer | undefined) => {
    if (content?.equals(fresh)) return "new";
    return content === old || (content && old && content.equals(old)) ? "old" : "torn";
  };
  const isPending = pendingJournal(file)?.level === "error";
  const now = nameOf(contentOf(file));
  // Only an edit that the next run finishes may be half done.
  if (now === "torn")
    expect({ kind: scenario.kind, isPending }, where).toEqual({ kind: "edit", isPending: true });
  await cli("image", "show", file);
  const state = nameOf(contentOf(file));
  expect(state, where).toMatch(/old|new/);
  if (isPending) expect(state, where).toBe("new");
  const expected = [
    ...new Set([...Object.keys(scenario.before), ...(state === "new" ? ["file"] : [])]),
  ].toSorted();
  expect(readdirSync(dirname(file)).toSorted(), where).toEqual(expected);
  return state as "old" | "new";
}

describe.each(SCENARIOS)("$what, killed", (scenario) => {
  it("at every system call that changes something, is the old or the new file", async () => {
    const truth = await whole(scenario);
    const { calls } = truth;
    const deaths: readonly (readonly [number, Death])[] = [
      ...calls.flatMap((name, i): (readonly [number, Death])[] =>
        name === "write"
          ? [
              [i, "before"],
              [i, "torn"],
            ]
          : [[i, "before"]],
      ),
      [calls.length - 1, "after"],
    ];
    expect(deaths.length).toBeGreaterThan(8);
    const states = new Set<string>();
    for (const [at, how] of deaths) {
      const file = prepare(scenario);
      const where = `${how} call ${at}, ${calls[at]}`;
      const { signal, text } = await run(scenario.args(file), { DIE_AT: String(at), DIE_HOW: how });
      expect(signal, `${where}: ${text}`).toBe("SIGKILL");
      states.add(await expectSound(scenario, file, truth, where));
    }
    expect([...states].toSorted()).toEqual(["new", "old"]);
  });
});

it("finishes an edit however often its repair is killed, too", async () => {
  const [scenario = missing()] = SCENARIOS;
  const truth = await whole(scenario);
  const old = new Uint8Array(truth.old ?? missing());
  const journalled = () => {
    const file = prepare(scenario);
    leaveJournal(file, { offset: 0, old, fresh: new Uint8Array(truth.fresh) });
    return file;
  };
  const log = join(temporaryDirectory(), "log");
  expect((await run(["show", journalled()], { DIE_AT: "-1", DIE_LOG: log })).status).toBe(0);
  const calls = readFileSync(log, "utf8").trim().split("\n");
  expect(calls).toContain("unlink");
  for (const how of ["before", "torn"])
    for (let at = 0; at < calls.length; at++) {
      const file = journalled();
      expect((await run(["show", file], { DIE_AT: String(at), DIE_HOW: how })).signal).toBe("SIGKILL");
      expect(await expectSound(scenario, file, truth, `${how} call ${at}, ${calls[at]}`)).toBe("new");
    }
});

it("leaves nothing behind when it is asked to end, though nothing comes through its pipe", async () => {
  const [, , scenario = missing()] = SCENARIOS;
  const file = prepare(scenario);
  const args = ["image", "wrap", "-", "--xml", beside(file, "xml"), "-o", file];
  const child = spawn(process.execPath, [program, ...args], { stdio: ["pipe", "ignore", "ignore"] });
  child.stdin.write(STREAM.subarray(0, 100_000));
  while (!existsSync(sideNames(file).newFile)) await setTimeout(20);
  child.kill("SIGTERM");
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGTERM");
  expect(readdirSync(dirname(file)).toSorted()).toEqual(["stream", "xml"]);
});

/** The ones that decide; at night all that change something. */
const CALLS = process.env.NIGHTLY
  ? ["openat", "write", "pwrite64", "fsync", "rename", "link", "unlink", "ftruncate", "fchmod", "close"]
  : ["pwrite64", "fsync", "rename", "link", "unlink"];
const TRACED = process.env.NIGHTLY
  ? SCENARIOS
  : SCENARIOS.filter(({ what }) => what === "set-xml" || what === "wrap");
const canTrace =
  spawnSync("strace", ["-qq", "-o", "/dev/null", "-e", "inject=close:signal=CONT:when=1", "true"]).status ===
  0;

describe.skipIf(!canTrace).each(TRACED)("$what, killed by strace", (scenario) => {
  it("at each of its real system calls, is the old or the new file", async () => {
    const truth = await whole(scenario);
    let deaths = 0;
    for (const call of CALLS)
      for (let n = 1; ; n++) {
        const file = prepare(scenario);
        const { newFile, journal, newJournal, directory } = sideNames(file);
        const watched = [file, newFile, journal, newJournal, directory].flatMap((path) => ["-P", path]);
        const inject = `inject=${call}:signal=KILL:when=${n}`;
        const { status, signal, text } = await runProgram("strace", [
          ...["-f", "-qq", "-o", "/dev/null", ...watched, "-e", inject],
          ...[process.execPath, program, "image", ...scenario.args(file)],
        ]);
        const state = await expectSound(scenario, file, truth, `${call} ${n}`);
        if (signal === null) {
          expect({ status, state }, text).toEqual({ status: 0, state: "new" });
          break;
        }
        expect(signal).toBe("SIGKILL");
        deaths++;
      }
    expect(deaths).toBeGreaterThan(5);
  });
});
