/**
 * Bundles the built command line: resolving some hundred modules takes longer than reading a gigabyte. A verb loads only the
 * pieces that it needs.
 */
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
const outdir = path("bin");
const bin = path("migwire.cjs");

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: [path("cli/main.js")],
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // commander asks for Node's own modules as CommonJS does.
  banner: {
    js: 'import { createRequire as requireOfNode } from "node:module"; const require = requireOfNode(import.meta.url);',
  },
  // Half the text is compiled in half the time; names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "linked",
  logLevel: "warning",
});
writeFileSync(bin, '#!/usr/bin/env node\nimport("./bin/main.mjs");\n');
chmodSync(bin, 0o755);
