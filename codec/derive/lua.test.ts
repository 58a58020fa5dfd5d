import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { acceptedBytes, entropyOf } from "../../test/accepted.ts";
import { syntheticTables } from "../../test/tables.ts";
import { tables as realTables } from "../formats/tables.ts";
import { type Context, type Endian, hexText, read, type Span, type StructDef } from "../layout/index.ts";
import { contextsOf, luaOf } from "./index.ts";
import { snakeCase } from "./names.ts";

const tables = [...syntheticTables, ...realTables];
const hasTshark = spawnSync("tshark", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "migwire-lua-"));
const scripts: string[] = [];

afterAll(() => rmSync(folder, { recursive: true }));

const protoName = (def: StructDef) => `migwire_${snakeCase(def.name)}`;

/** Hands a packet to the dissector of the table whose number is its first two bytes. */
const DISPATCHER = `
local names = { ${tables.map((def) => `"${protoName(def)}"`).join(", ")} }
local proto = Proto("migwire_test", "test")
function proto.dissector(buf, pinfo, tree)
  Dissector.get(names[buf(0, 2):uint() + 1]):call(buf(2):tvb(), pinfo, tree)
end
DissectorTable.get("wtap_encap"):add(wtap.USER0, proto)
`;

function tshark(...args: string[]): string {
  if (scripts.length === 0) {
    const texts = [...tables.map(luaOf), DISPATCHER];
    for (const [i, text] of texts.entries()) {
      const path = join(folder, `${String(i).padStart(4, "0")}.lua`);
      writeFileSync(path, text);
      scripts.push("-X", `lua_script:${path}`);
    }
  }
  const { status, stdout, stderr } = spawnSync("tshark", [...args, ...scripts], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(stderr).not.toMatch(/lua.*error|error.*lua/i);
  expect(status).toBe(0);
  return stdout;
}

function pcapOf(packets: readonly Uint8Array[]): Uint8Array {
  const words = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);
  const parts: Uint8Array[] = [words(0xa1b2c3d4, 0x00040002, 0, 0, 0x40000, 147)];
  for (const packet of packets) parts.push(words(0, 0, packet.length, packet.length), packet);
  return Buffer.concat(parts);
}

/** A span as the dissector should show it: field, offset, length, bytes. */
function rowOf(span: Span, packet: Uint8Array): string {
  const name = snakeCase(span.path.replace(/.*\./, ""));
  const bytes = packet.subarray(span.start + 2, span.end + 2);
  return `${name} ${span.start + 2} ${bytes.length} ${hexText(bytes)}`;
}

/** The leaves of one packet in PDML. Named bits share the bytes of their field and are left out. */
function rowsOf(pdml: string): string[] {
  const fields = pdml.matchAll(
    /<field name="(migwire_[^"]*)" [^>]*?size="(\d+)" pos="(\d+)" [^>]*?value="([0-9a-f]*)"([^>]*)/g,
  );
  const rows = [...fields].flatMap(([, name = "", size, at, value, rest]) =>
    rest?.includes("unmaskedvalue") ? [] : [`${name.split(".").at(-1)} ${at} ${size} ${value}`],
  );
  return rows;
}

interface Reading {
  readonly context: Context;
  readonly endian?: Endian;
}

/** Preferences of every dissector, so that it reads as the table engine does. */
function preferences({ context, endian }: Reading): string[] {
  return tables.flatMap((def) => {
    const names = Object.keys(contextsOf(def)).filter((name) => context[name]);
    const order = endian ? [`order:${endian === "le" ? "Little endian" : "Big endian"}`] : [];
    return [...names.map((name) => `${snakeCase(name)}:TRUE`), ...order].flatMap((set) => [
      "-o",
      `${protoName(def)}.${set}`,
    ]);
  });
}

/** Two bytes that say which table, then bytes it accepts. */
function packetOf(def: StructDef, seed: number, reading: Reading): Uint8Array {
  let state = seed;
  const pick = entropyOf(
    Uint8Array.from({ length: 600 }, () => {
      state = (state * 48271) % 0x7fffffff;
      return state & 0xff;
    }),
  );
  const number = tables.indexOf(def);
  const body = acceptedBytes(def, { pick, context: reading.context, endian: reading.endian });
  return Uint8Array.of(number >> 8, number & 0xff, ...body);
}

/** PDML of each packet. */
function dissect(name: string, packets: readonly Uint8Array[], reading: Reading): string[] {
  const path = join(folder, name);
  writeFileSync(path, pcapOf(packets));
  const found = tshark("-r", path, "-T", "pdml", ...preferences(reading))
    .split("<packet>")
    .slice(1);
  expect(found).toHaveLength(packets.length);
  return found;
}

const allContexts = Object.fromEntries(
  tables.flatMap((def) => Object.keys(contextsOf(def)).map((name) => [name, true])),
);
const readings: Record<string, Reading> = {
  declared: { context: {} },
  little: { context: allContexts, endian: "le" },
  big: { context: allContexts, endian: "be" },
};

describe.skipIf(!hasTshark)("Wireshark dissectors, in tshark", { timeout: 120_000 }, () => {
  it("register every field, value and bit", () => {
    const listed = new Set(
      tshark("-G", "fields")
        .split("\n")
        .flatMap((line) => (line.startsWith("F\t") ? [line.split("\t")[2]] : [])),
    );
    let count = 0;
    for (const def of tables)
      for (const [name, field] of Object.entries(def.fields)) {
        if (field.kind === "struct" || field.kind === "array" || field.kind === "choice") continue;
        expect(listed).toContain(`${protoName(def)}.${snakeCase(name)}`);
        count += 1;
      }
    expect(count).toBeGreaterThan(100);
  });

  it.each(Object.entries(readings))("show what the table engine reads (%s)", (name, reading) => {
    const cases = tables.flatMap((def) =>
      [3, 77, 1234].map((seed) => ({ def, packet: packetOf(def, seed, reading) })),
    );
    const packets = dissect(
      `${name}.pcap`,
      cases.map(({ packet }) => packet),
      reading,
    );
    let rows = 0;
    for (const [i, { def, packet }] of cases.entries()) {
      const spans: Span[] = [];
      read(def, packet.subarray(2), { ...reading, trace: (span) => spans.push(span) });
      const pdml = packets[i] ?? "";
      expect(pdml).not.toMatch(/malformed|Lua Error/i);
      expect(rowsOf(pdml), def.name).toEqual(spans.map((span) => rowOf(span, packet)));
      rows += spans.length;
    }
    expect(rows).toBeGreaterThan(500);
  });

  it("say where a short packet ends", () => {
    const reading = { context: {} };
    const cases = tables.map((def) => packetOf(def, 5, reading).slice(0, -1));
    for (const [i, pdml] of dissect("short.pcap", cases, reading).entries()) {
      expect(pdml, tables[i]?.name).not.toContain("Lua Error");
      expect(pdml, tables[i]?.name).toMatch(/needs \d+ bytes, \d+ left/);
    }
  });
});
