// Reads a bundle on stdin and runs it as a page with a strict CSP would.
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const context = createContext(
  { TextDecoder, TextEncoder },
  { codeGeneration: { strings: false, wasm: false } },
);

runInContext(readFileSync(0, "utf8"), context, { filename: "migwire.js" });

const report = runInContext(
  `
  let evalRefused = false;
  try {
    new Function("return 1");
  } catch (error) {
    evalRefused = error instanceof EvalError;
  }
  JSON.stringify({
    globals: ["process", "Buffer", "require", "module"].filter((name) => name in globalThis),
    evalRefused,
    header: migwire.decode(migwire.FileHeader, Uint8Array.of(0x51, 0x45, 0x56, 0x4d, 0, 0, 0, 3)),
  });
  `,
  context,
);

process.stdout.write(report);
