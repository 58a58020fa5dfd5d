import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Writes what fixtures/migrations has seen into the module that `compat check` looks it up in. */
const FROM = "fixtures/migrations";
const TO = "compat/observations/recorded.ts";

/** A name of which the recording keeps the beginning only is no text of QEMU's. */
const ABRIDGED = /\.\.\.\(. repeated\)/;

const texts = new Map();
const setups = new Map();
const runs = [];

for (const file of readdirSync(FROM)
  .filter((name) => name.endsWith(".ndjson"))
  .sort())
  for (const line of readFileSync(`${FROM}/${file}`, "utf8").split("\n").filter(Boolean))
    runs.push(runOf(JSON.parse(line)));

function runOf({ source, destination, transport, mode, workload, observed }) {
  const setup = { source: settings(source), destination: settings(destination), transport, mode };
  return {
    setup: place(setups, JSON.stringify(setup)),
    ends: `${source.qemu} ${source.machine} > ${destination.qemu} ${destination.machine}`,
    ...(workload === undefined ? {} : { workload }),
    outcomes: observed.outcomes,
    ...side("source", "src", observed),
    ...side("destination", "dst", observed),
  };
}

function settings({ qemu: _, machine: __, ...rest }) {
  return rest;
}

function side(name, short, { [name]: seen, qmpErrors = [] }) {
  const answer = qmpErrors.find((each) => each.side === short)?.desc;
  const text = plain(answer ?? seen.error_desc ?? seen.stderr ?? "");
  const told = {
    ...(seen.status === undefined ? {} : { state: seen.status }),
    ...(text === "" || ABRIDGED.test(text) ? {} : { error: place(texts, text) }),
  };
  return Object.keys(told).length === 0 ? {} : { [name]: told };
}

function plain(text) {
  return text.replaceAll(/^qemu-system-x86_64: /gm, "").replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>");
}

function place(table, text) {
  if (!table.has(text)) table.set(text, table.size);
  return table.get(text);
}

const recorded = {
  setups: [...setups.keys()].map((text) => JSON.parse(text)),
  texts: [...texts.keys()],
  runs,
};
writeFileSync(
  TO,
  `// Written by scripts/observations.mjs from ${FROM}. JSON in a string is parsed when it is asked for, and not before.
export const RECORDED: string =
  ${JSON.stringify(JSON.stringify(recorded))};
`,
);
