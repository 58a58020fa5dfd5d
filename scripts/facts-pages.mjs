// Pages of docs/facts: one for each file of facts, with a table of the chapters of each subject.
import { FACT_FILES } from "../dist/compat/facts/index.js";

const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const code = (text) => `\`${text}\``;

const boundText = (bound) =>
  typeof bound === "string" ? bound : `after ${bound.after}, ${bound.atLatest} at the latest`;

function evidenceText(one) {
  if (one.kind === "commit") return `commit ${code(one.commit)} (${one.release})`;
  if (one.kind === "news") return `release notes of ${one.release}`;
  return one.kind === "run" ? `run: ${one.of}` : one.where;
}

function valueText(value) {
  if (value === true) return "";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return code(JSON.stringify(value));
  return Object.entries(value)
    .map(([key, part]) => `${key}: ${code(JSON.stringify(part))}`)
    .join("; ");
}

function row(fact) {
  const value = valueText(fact.value);
  const said = [fact.claim, value, fact.notes].filter(Boolean).join("<br>");
  const until = fact.until === undefined ? "" : boundText(fact.until);
  const evidence = fact.evidence.map(evidenceText).join("<br>");
  return `| ${[code(fact.id), said, boundText(fact.since), until, evidence].map(cell).join(" | ")} |\n`;
}

const HEAD = "| Fact | Claim | Since | Until | Evidence |\n| --- | --- | --- | --- | --- |\n";
const GENERATED = "Generated from compat/facts by `npm run gen`; do not edit.";

function page(path, subjects) {
  return `# ${path}\n\n${GENERATED} A fact holds from the release under *since* to the one before *until*.\n\n${HEAD}${subjects.flat().map(row).join("")}`;
}

const nameOf = (path) => `${path.replaceAll("/", "-")}.md`;

/** The pages by their names, the index among them. */
export function factsPages() {
  const filled = Object.entries(FACT_FILES)
    .map(([path, file]) => [path, Object.values(file)])
    .filter(([, subjects]) => subjects.length > 0);
  const rows = filled.map(
    ([path, subjects]) => `| [${path}](${nameOf(path)}) | ${subjects.length} | ${subjects.flat().length} |\n`,
  );
  const index = `# Facts\n\n${GENERATED} \`migwire facts\` shows the same.\n\n| File | Subjects | Facts |\n| --- | --- | --- |\n${rows.join("")}`;
  return new Map([
    ["README.md", index],
    ...filled.map(([path, subjects]) => [nameOf(path), page(path, subjects)]),
  ]);
}
