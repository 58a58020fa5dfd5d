// Reads a bundle on stdin and runs it as a page with a strict CSP would, then evaluates what is named on the command line.
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
    result: ${process.argv[2]},
  });
  `,
  context,
);

process.stdout.write(report);
