/**
 * Writes compat/vmstate/packaged/: what `-dump-vmstate` of four releases says, each description once. Needs the dumps beside
 * the checkout: node scripts/vmstate-layouts.mjs ../shared/captures
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const RELEASES = ["5.2", "7.2", "10.0", "11.1"];
const LONGEST_FILE = 230;
const [folder = "../shared/captures"] = process.argv.slice(2);
const packaged = new URL("../compat/vmstate/packaged/", import.meta.url);

/** Descriptions by their text, and by their text without what old dumps do not tell. */
const rows = [];
const known = new Map();
const states = new Map();

/** State that is registered without its device, which dumps leave out: streams of these releases describe it alike. */
const SEEN_IN_STREAMS = { ide: ["5.2", "7.2"], ps2kbd: ["5.2"], ps2mouse: ["5.2"] };

// New dumps first: they tell the lengths of arrays.
for (const release of RELEASES.toReversed()) {
  const file = join(folder, `dump-vmstate-${release}-pc-i440fx-5.2.json.gz`);
  const { vmschkmachine: _, ...devices } = JSON.parse(gunzipSync(readFileSync(file)).toString());
  const countsTold = JSON.stringify(devices).includes('"num":');
  for (const { Description } of Object.values(devices)) {
    const index = add(Description, countsTold);
    const layouts = states.get(Description.name) ?? new Map();
    states.set(Description.name, layouts);
    layouts.set(index, new Set([...(layouts.get(index) ?? []), RELEASES.indexOf(release)]));
  }
}

for (const [name, releases] of Object.entries(SEEN_IN_STREAMS))
  for (const layout of states.get(name)?.values() ?? [])
    for (const release of releases) layout.add(RELEASES.indexOf(release));

function add(description, countsTold) {
  const { name, version_id: version, minimum_version_id: minimum, Fields, Subsections = [] } = description;
  const fields = Fields?.map(({ field, version_id, field_exists, num, size, Description }) => {
    const struct = Description ? add(Description, countsTold) : null;
    return [field, version_id, field_exists ? 1 : 0, num ?? null, struct === null ? size : null, struct];
  });
  const subsections = Subsections.map((each) => add(each, countsTold));
  const row = [name, version, minimum, fields ?? null, subsections, countsTold ? 1 : 0];
  const bare = [name, version, minimum, fields?.map((field) => field.toSpliced(3, 1)) ?? null, subsections];
  const key = JSON.stringify(countsTold ? [row[0], version, minimum, fields, subsections] : bare);
  const found = known.get(key);
  if (found !== undefined) return found;
  const index = rows.push(row) - 1;
  known.set(key, index);
  if (!known.has(JSON.stringify(bare))) known.set(JSON.stringify(bare), index);
  return index;
}

const quoted = (row) => {
  const text = JSON.stringify(row);
  return `  ${text.includes("'") ? JSON.stringify(text) : `'${text}'`},\n`;
};
const files = [];
for (let at = 0; at < rows.length; at += LONGEST_FILE) files.push(rows.slice(at, at + LONGEST_FILE));
for (const [i, part] of files.entries())
  writeFileSync(
    new URL(`descriptions-${i + 1}.ts`, packaged),
    `/** Made by scripts/vmstate-layouts.mjs: descriptions as \`layouts.ts\` reads them. */\nexport const DESCRIPTIONS_${i + 1}: readonly string[] = [\n${part.map(quoted).join("")}];\n`,
  );
const lines = [...states]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, layouts]) => {
    const told = [...layouts].map(([index, releases]) => `${index}@${[...releases].toSorted().join("")}`);
    return `  ${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${JSON.stringify(told.join(" "))},\n`;
  });
const undumped = Object.entries(SEEN_IN_STREAMS)
  .map(
    ([name, releases]) => `  ${name}: "${releases.map((release) => RELEASES.indexOf(release)).join("")}",\n`,
  )
  .join("");
writeFileSync(
  new URL("states.ts", packaged),
  `/** Made by scripts/vmstate-layouts.mjs: releases whose dumps are packaged. */
export const RELEASES: readonly string[] = ${JSON.stringify(RELEASES).replaceAll(",", ", ")};

/** States that dumps leave out, and the releases of which streams tell. */
export const UNDUMPED: Readonly<Record<string, string>> = {
${undumped}};

/** Layouts of states: numbers of descriptions, each with the releases that have it, by theirs. */
export const STATES: Readonly<Record<string, string>> = {
${lines.join("")}};
`,
);
console.log(`${rows.length} descriptions of ${states.size} states in ${files.length} files`);
