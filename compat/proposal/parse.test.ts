import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProposalError, parseProposal } from "./parse.ts";

const ROOT = new URL("../../proposals/", import.meta.url);

const base = (changes: string, gate = "nothing") =>
  `format: migwire/proposal@1\nid: x\ntitle: t\nreference: r\ngate: ${gate}\nchanges:\n${changes}`;

describe("the proposals that come with the project", () => {
  for (const folder of ["", "witnesses/"]) {
    const files = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith(".yaml"));
    it(`are there${folder && " as witnesses"}`, () => expect(files.length).toBeGreaterThan(8));
    it.each(files)("%s is read, and named as its file", (file) => {
      const proposal = parseProposal(readFileSync(new URL(folder + file, ROOT), "utf8"));
      expect(`${proposal.id}.yaml`).toBe(file);
      expect(parseProposal(JSON.stringify(proposal))).toEqual(proposal);
    });
  }
});

describe("a bad proposal", () => {
  it.each([
    ["", "", /the input is empty/],
    ["[", "", /^line 1, column \d+/],
    [base("  - { kind: message, name: X, when: [precopy] }"), "changes[0].type", /expected number/],
    [base("  - { kind: message, name: X, type: 70000, when: [precopy] }"), "changes[0].type", /<=65535/],
    [base("  - { kind: wish }"), "changes[0].kind", /./],
    [base("  []"), "changes", /./],
    [base("  - { kind: transport, option: x }", "{ parameter: p }"), "gate.default", /./],
    [base("  - { kind: header, table: Nothing }"), "changes[0].table", /Nothing is none of FileHeader/],
    [
      base("  - { kind: header, table: FileHeader, set: { size: 1 } }"),
      "changes[0].set.size",
      /no field size/,
    ],
    [
      base("  - { kind: header, table: FileHeader, set: { version: 0x100000000 } }"),
      "changes[0].set.version",
      /more than/,
    ],
    [
      base("  - { kind: packet, table: MultifdInit, add: [{ name: a, type: u32, value: 1, in: id }] }"),
      "changes[0].add[0]",
      /not reserved/,
    ],
    [
      base(
        "  - { kind: packet, table: MultifdInit, add: [{ name: a, type: u32, value: 1, in: reserved, offset: 36 }] }",
      ),
      "changes[0].add[0]",
      /39 bytes, too few/,
    ],
    [
      base("  - { kind: packet, table: MultifdInit, add: [{ name: id, type: u8, value: 1 }] }"),
      "changes[0].add[0]",
      /already/,
    ],
    [
      base("  - { kind: packet, table: MultifdInit, add: [{ name: a, type: bytes, value: '00' }] }"),
      "changes[0].add[0].length",
      /have a length/,
    ],
    [
      base(
        "  - { kind: packet, table: MultifdInit, add: [{ name: a, type: bytes, length: 1, value: 'zz' }] }",
      ),
      "changes[0].add[0].value",
      /hex/,
    ],
    [
      base("  - { kind: handshake, connections: [[{ new: Gone }]] }"),
      "changes[0].connections[0][0].new",
      /no table Gone/,
    ],
    [
      base("  - { kind: save-header, table: SaveHeader, unfinished: { magic: short } }"),
      "changes[0].unfinished.magic",
      /16/,
    ],
    [
      base(
        "  - { kind: command, name: X, command: 10, when: [setup], table: RecvBitmapPayload, set: { nameLength: 3, block: pc.ram } }",
      ),
      "changes[0]",
      /6 bytes where 3 are declared/,
    ],
    [`${base("  - { kind: transport, option: x }")}\nmore: 1`, "", /more/],
    [`a: &a [x]\nb: [${Array(200).fill("*a").join(",")}]\n`, "", /./],
  ])("%#: %s", (text, path, problem) => {
    expect(() => parseProposal(text)).toThrow(ProposalError);
    try {
      parseProposal(text);
    } catch (error) {
      expect(error).toMatchObject({ path, problem: expect.stringMatching(problem) });
    }
  });

  it("is never more than an error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseProposal(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ProposalError);
        }
      }),
    );
  });
});
