/** Bundles the built command line into one file: resolving some fifty modules takes longer than reading a gigabyte. */
import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
const outfile = path("migwire.cjs");

await build({
  entryPoints: [path("cli/main.js")],
  outfile,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Only proposals and crafted cases need them, and every verb would have to load them.
  external: ["yaml", "zod"],
  // Half the text is compiled in half the time; names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "linked",
  logLevel: "warning",
});
chmodSync(outfile, 0o755);
