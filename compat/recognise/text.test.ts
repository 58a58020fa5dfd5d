import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainText } from "./explain-text.ts";
import { lookUp, nearestRules, ruleIds } from "./look-up.ts";
import { createRecogniser, recognise } from "./recognise.ts";

const factsOf = (text: string) =>
  recognise(text).lines.map(({ parts }) => parts.map(({ readings }) => readings[0].text.fact.id));
const valuesOf = (text: string) =>
  recognise(text).lines.flatMap(({ parts }) =>
    parts.flatMap(({ readings }) => readings[0].values.map(({ name, value }) => `${name}=${value}`)),
  );

const CHAIN =
  "load of migration failed: Invalid argument: error while loading state for instance 0x0 of device '0000:00:02.0/virtio-rng': Failed to load element of type virtio for virtio";

describe("a chain of errors", () => {
  it("is taken apart", () => {
    expect(factsOf(CHAIN)).toEqual([
      ["qemu/load/failed/told", "qemu/sections/start-failed/told", "qemu/vmstate/element/plain"],
    ]);
    expect(valuesOf(CHAIN)).toEqual([
      "errno=Invalid argument",
      "instance=0",
      "device=0000:00:02.0/virtio-rng",
      "field type=virtio",
      "field=virtio",
    ]);
  });

  it("tells which releases can say all of it", () => {
    const [line] = explainText(recognise(CHAIN)).lines;
    expect(line?.releases).toEqual({ qemu: ["11.1 and newer"] });
  });

  it("keeps what is not known at its end", () => {
    expect(recognise(`${CHAIN}: something new`).lines[0]?.rest).toEqual(["something new"]);
  });
});

describe("what stands around a message", () => {
  const line = "error while loading state section id 2(ram)";
  it.each([
    `qemu-system-x86_64: ${line}`,
    `/usr/bin/qemu-system-x86_64: ${line}`,
    `2024-01-01T00:00:00.123456Z qemu-kvm: ${line}`,
    `Nov 21 17:00:00 host-1 libvirtd[812]: ${line}`,
    `error: internal error: process exited while connecting to monitor: 2024-01-01T00:00:00.123456Z qemu-system-x86_64: ${line}`,
    `2024-01-01 10:00:00.000+0000: 1234: error : qemuProcessReportLogError:2103 : internal error: qemu unexpectedly closed the monitor: ${line}`,
    `{"error": {"class": "GenericError", "desc": "${line}"}}`,
    `{\n  "status": "failed",\n  "error-desc" : "${line}"\n}`,
    `> qemu-system-x86_64: error while loading\n> state section\n> id 2(ram)`,
    "error  while loading\tstate section id 2(ra\nm)",
  ])("%j", (text) => {
    const { lines, unknown } = recognise(text);
    expect(unknown).toEqual([]);
    expect(lines.flatMap(({ rest }) => rest)).toEqual([]);
    const last = lines[0]?.parts.at(-1)?.readings[0];
    expect(last?.text.fact.id).toBe("qemu/sections/part-failed");
    expect(last?.values.map(({ value }) => value)).toEqual([2, "ram"]);
  });

  it("is unescaped in JSON", () => {
    expect(valuesOf('{"desc": "unsupported machine type: \\"pc-i440fx-11.1\\""}')).toEqual([
      "machine=pc-i440fx-11.1",
    ]);
  });
});

describe("many lines", () => {
  it("are told once, with their number and place", () => {
    const text = [
      "nothing of ours here",
      "Unknown node",
      "",
      "Missing section footer for ram",
      "Missing section footer for ram",
    ];
    const { lines, unknown, recognisedLines, unknownLines } = recognise(text.join("\n"));
    expect(lines.map(({ line, count }) => [line, count])).toEqual([[4, 2]]);
    expect(unknown.map(({ text, line }) => [text, line])).toEqual([
      ["nothing of ours here", 1],
      ["Unknown node", 2],
    ]);
    expect([recognisedLines, unknownLines]).toEqual([2, 2]);
  });

  it("are bounded", () => {
    const recogniser = createRecogniser();
    for (let i = 0; i < 3000; i++)
      recogniser.push(`Missing section footer for dev${i}\nstrange words number${i}\n`);
    const { lines, unknown, recognisedLines, unknownLines, isCut } = recogniser.finish();
    expect([lines.length, unknown.length]).toEqual([500, 100]);
    expect([recognisedLines, unknownLines, isCut]).toEqual([3000, 3000, true]);
  });

  it("are the same however they are cut", () => {
    const text = `${CHAIN}\nwords\nUnable to write to socket: Broken pipe\n`.repeat(3);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 6 }), (cuts) => {
        const recogniser = createRecogniser();
        let from = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), text.length]) {
          recogniser.push(text.slice(from, cut));
          from = cut;
        }
        expect(recogniser.finish()).toEqual(recognise(text));
      }),
    );
  });

  it.each([
    ["one letter", "a", 1 << 20],
    ["the beginning of messages", "Parameter '", 60_000],
    ["a message without an end", "Can't find block ", 40_000],
    ["a quote that is not closed", '"desc": "\\', 60_000],
    ["leading names", ": incoming version_id ", 30_000],
    ["blank lines", "\n", 1 << 20],
  ])("of nothing but %s do no harm", (_, piece, times) => {
    const { lines, unknown } = recognise(piece.repeat(times));
    expect(lines.length + unknown.length).toBeLessThan(40);
  });

  it("of any text never throw", () => {
    const words = fc.constantFrom(
      "load of migration failed: ",
      "Input/output error",
      "'",
      ": ",
      "\n",
      "0x",
      "-22",
      '"desc": "',
      "\\",
      "x",
      "\ud800",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: "binary" }))), (parts) => {
        explainText(recognise(parts.join("")));
      }),
    );
  });
});

describe("an errno", () => {
  it("is explained as the message means it", () => {
    const [line] = explainText(recognise("Unable to write to socket: Broken pipe")).lines;
    expect(line?.parts[0]?.errno).toMatchObject({
      name: "EPIPE",
      meaning: expect.stringContaining("destination"),
    });
  });

  it("is known by its number", () => {
    const [line] = explainText(recognise("Failed to load vmstate version_id: 4, ret: -22")).lines;
    expect(line?.parts[0]?.errno?.name).toBe("EINVAL");
    expect(line?.parts[0]?.readings[0]?.values[1]).toEqual({ name: "ret", value: -22, errno: "EINVAL" });
  });

  it("alone is known too", () => {
    const { lines, unknown } = explainText(recognise("error: Connection refused\n"));
    expect([lines[0]?.errno?.name, unknown.length]).toEqual(["ECONNREFUSED", 0]);
  });
});

describe("text that is not known", () => {
  it("is said to be near one that is", () => {
    const { unknown } = explainText(recognise("error while loadng state section id of device"));
    expect(unknown[0]?.near?.fact).toMatch(/^qemu\/sections\//);
  });

  it("is near nothing where it is not", () => {
    const { unknown } = explainText(recognise("the quick brown fox jumps over the lazy dog while loading"));
    expect(unknown[0]?.near).toBeNull();
  });
});

describe("a release that is asked for", () => {
  it("comes first of several readings", () => {
    const text = "postcopy_start: Migration stream errored";
    const at = (version: string) =>
      explainText(recognise(text), { product: "qemu", version }).lines[0]?.parts[0]?.readings[0];
    expect([at("7.2.22")?.fact, at("8.2")?.fact]).toEqual([
      "qemu/source/postcopy-start-error/printed",
      "qemu/source/postcopy-start-error/told",
    ]);
    expect(at("11.1.3")?.inRelease).toBe(false);
  });
});

describe("ids", () => {
  it.each([
    ["SECTION_KNOWN", "compat breaking"],
    ["PEER_KEEPS_MEMORY", "decode and verify"],
    ["section-version-not-newer", "compat breaking"],
    ["RELEASE_MODELLED", "compat check"],
  ])("%s is a rule of %s", (id, command) =>
    expect(lookUp(id)?.rules.map((rule) => rule.command)).toContain(command),
  );

  it("of rules all have words", () => {
    expect(ruleIds().length).toBeGreaterThan(150);
    const wordless = ruleIds().filter((id) => {
      const rules = lookUp(id)?.rules ?? [];
      return rules.length === 0 || rules.some(({ purpose, message }) => purpose === null && message === null);
    });
    expect(wordless).toEqual([]);
    const said = ruleIds().flatMap((id) => lookUp(id)?.rules.map(({ message }) => message ?? "") ?? []);
    expect(said.filter((message) => /undefined|NaN|\[object/.test(message))).toEqual([]);
  });

  it("of capabilities and parameters need no path", () => {
    expect(lookUp("return-path")?.facts[0]?.id).toMatch(/^qemu\/capabilities\/return-path/);
    expect(lookUp("multifd-channels")?.facts[0]?.id).toMatch(/^qemu\/parameters\/multifd-channels/);
  });

  it("of errata need no path", () => {
    expect(lookUp("MULTIFD_ACCEPT_ORDER")?.facts.map(({ id }) => id)).toEqual([
      "qemu/errata/multifd-accept-order",
    ]);
  });

  it("that are none are near others", () => {
    expect(lookUp("SECTION_VERSION_NEWER")).toBeUndefined();
    expect(nearestRules("SECTION_VERSION_NEWER")).toContain("SECTION_VERSION_NOT_NEWER");
  });
});
