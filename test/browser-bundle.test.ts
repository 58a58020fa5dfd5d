import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";

const page = fileURLToPath(new URL("browser-page.mjs", import.meta.url));

describe("the codec in a browser", () => {
  let bundle: string;

  beforeAll(async () => {
    const result = await build({
      entryPoints: [fileURLToPath(new URL("../codec/index.ts", import.meta.url))],
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

  test("decodes where code generation is refused and nothing of Node is in reach", () => {
    const output = execFileSync(process.execPath, ["--disallow-code-generation-from-strings", page], {
      input: bundle,
      encoding: "utf8",
    });
    expect(JSON.parse(output)).toEqual({
      globals: [],
      evalRefused: true,
      header: { magic: 0x5145564d, version: 3 },
    });
  });
});
