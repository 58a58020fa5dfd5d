import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finding, FindingRule } from "../codec/index.ts";
import { explain } from "./explain.ts";

const source = readFileSync(new URL("../codec/formats/finding.ts", import.meta.url), "utf8");
const rules = [...source.matchAll(/^ {2}\| "([A-Z_]+)"/gm)].map(([, rule]) => rule as FindingRule);

const args = {
  allocated: 4096,
  begins: -1,
  block: "pc.ram",
  blocks: "pc.ram 4 of 12",
  capabilities: "multifd",
  chosen: "plain",
  column: 8,
  command: 99,
  complete: 1,
  compression: "zlib",
  connections: 3,
  container: "gzip",
  count: 2,
  cut: "",
  damaged: "",
  destination: "active",
  device: "i8254",
  devices: 30,
  early: 1500000,
  ended: "RST by destination",
  entity: "a",
  error: "missing name information",
  exit: -11,
  expected: 1,
  family: 1,
  format: "zstd",
  found: 2,
  from: "127.0.0.1 port 4444",
  have: 1,
  id: 3,
  idstr: "timer",
  instance: 7,
  journal: ".vm.save.migwire-journal",
  left: 12,
  length: 7,
  limit: 65536,
  line: 4,
  linkType: 147,
  looksLike: "",
  machine: "pc-q35-5.2",
  lost: 5,
  message: "PONG",
  missing: "unknown",
  need: 4,
  never: 2,
  offset: 17,
  packets: 12,
  page: 4096,
  pages: 4,
  peer: "qemu-5.2",
  proof: "FIN by destination",
  problem: "unexpected end",
  program: "zstd",
  readings: "plain | mapped-ram",
  recovered: 1,
  said: "Not a migration stream",
  size: "4 KiB",
  skipped: 3,
  source: "failed",
  start: "8192",
  status: 1,
  text: "premature end",
  to: "127.0.0.1 port 5555",
  total: 12,
  totalSize: "16 MiB",
  type: 9,
  what: "a connection",
  whole: "timer",
  why: "snaplen",
};

describe("explain", () => {
  it("knows every rule there is", () => {
    expect(rules.length).toBeGreaterThan(20);
  });

  it.each(rules)("puts %s into words", (rule) => {
    const finding: Finding = { rule, level: "error", subject: "sections[1]", offset: 8, args };
    const { message, hint } = explain(finding);
    expect(message).toMatch(/^sections\[1\]: \S/);
    expect(message).not.toMatch(/undefined|NaN|\[object/);
    if (hint !== undefined) expect(hint).toMatch(/\.$/);
  });
});
