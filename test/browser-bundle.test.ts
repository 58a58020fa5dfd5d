import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";

const page = fileURLToPath(new URL("browser-page.mjs", import.meta.url));

const PARTS = [
  {
    entry: "../codec/index.ts",
    expression: "migwire.decode(migwire.FileHeader, Uint8Array.of(0x51, 0x45, 0x56, 0x4d, 0, 0, 0, 3))",
    result: { magic: 0x5145564d, version: 3 },
  },
  {
    entry: "../compat/index.ts",
    expression: `migwire.replayCase({ id: "a", side: "source", peer: "qemu-7.2.22", phase: "precopy",
      connections: [{ bytes: Uint8Array.of(0, 8, 0, 0), close: false }] }).stoppedAt`,
    result: { connection: 0, offset: 0, path: "ReturnPathHeader.type" },
  },
  {
    entry: "../compat/proposal/check.ts",
    expression: "typeof migwire.checkProposal",
    result: "function",
  },
];

describe.each(PARTS)("$entry in a browser", ({ entry, expression, result: expected }) => {
  let bundle: string;

  beforeAll(async () => {
    const result = await build({
      entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
      bundle: true,
      platform: "browser",
      format: "iife",
      globalName: "migwire",
      minifyWhitespace: true,
      legalComments: "none",
      write: false,
    });
    bundle = result.outputFiles[0]?.text ?? "";
  });

  test.each([
    ["Node modules", /["'`]node:/],
    ["Buffer", /\bBuffer[.([]|\b(?:typeof|instanceof) Buffer\b/],
    ["the Function constructor", /\bnew Function\b|\bFunction\(/],
    ["eval", /\beval\(/],
  ])("does without %s", (_, pattern) => {
    expect(bundle).not.toBe("");
    expect(pattern.exec(bundle)?.[0]).toBeUndefined();
  });

  test("works where code generation is refused and nothing of Node is in reach", () => {
    const output = execFileSync(
      process.execPath,
      ["--disallow-code-generation-from-strings", page, expression],
      {
        input: bundle,
        encoding: "utf8",
      },
    );
    expect(JSON.parse(output)).toEqual({
      globals: [],
      evalRefused: true,
      result: expected,
    });
  });
});
