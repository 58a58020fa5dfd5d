/** What the heat map does in the browser: draws the cells, and tells the reasons of the one that is chosen. */
export const PAGE_SCRIPT = `
"use strict";
const { names, cells, kinds, bodies } = JSON.parse(document.getElementById("data").textContent);
const COLOURS = { yes: "#4c9a6a", race: "#d8b13c", no: "#c9605a", danger: "#7b1f4b", unknown: "#8a8f98" };
const MEANINGS = {
  yes: "completes", race: "completes, or not: a race", no: "does not complete, and the source knows",
  danger: "may look like success and is none", unknown: "not known",
};
const CELL = names.length > 60 ? 12 : 22;
const FONT = "11px system-ui, sans-serif";
const byId = (id) => document.getElementById(id);
const [map, legend, reasons] = ["map", "legend", "reasons"].map(byId);
const bodyAt = (from, to) => bodies[kinds[cells[from][to]][3]];
let chosen = { from: 0, to: 0 };

function element(name, text, parent, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  parent.append(made);
  return made;
}

for (const [level, colour] of Object.entries(COLOURS)) {
  const count = cells.flat().filter((place) => bodies[kinds[place][3]].gravity === level).length;
  if (count === 0) continue;
  const item = element("li", undefined, legend);
  element("i", "", item).style.background = colour;
  item.append(count + " " + MEANINGS[level]);
}

function sized(id, width, height) {
  const canvas = byId(id);
  const scale = window.devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.font = FONT;
  context.textBaseline = "middle";
  context.fillStyle = context.strokeStyle = getComputedStyle(document.body).color;
  return context;
}

function drawNames() {
  const ruler = sized("corner", 1, 1);
  const margin = Math.ceil(Math.max(...names.map((name) => ruler.measureText(name).width))) + 10;
  const length = names.length * CELL;
  sized("corner", margin, margin);
  const down = sized("down", margin, length);
  const across = sized("across", length, margin);
  down.textAlign = "right";
  across.translate(0, margin - 6);
  across.rotate(-Math.PI / 2);
  names.forEach((name, i) => {
    const at = i * CELL + CELL / 2;
    down.fillText(name, margin - 6, at);
    across.fillText(name, 0, at);
  });
}

function drawCells() {
  const context = sized("map", names.length * CELL, names.length * CELL);
  const ink = context.strokeStyle;
  names.forEach((_, from) =>
    names.forEach((__, to) => {
      context.fillStyle = COLOURS[bodyAt(from, to).gravity];
      context.fillRect(to * CELL, from * CELL, CELL - 1, CELL - 1);
    }),
  );
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.strokeRect(chosen.to * CELL + 0.5, chosen.from * CELL + 0.5, CELL - 2, CELL - 2);
}

function draw() {
  drawNames();
  drawCells();
}

function side(name, { state, error, otherErrors, exits }, parent) {
  if (state === null && error === null && !exits) return;
  element("h3", name + ": " + [state, exits && "the process exits"].filter(Boolean).join(", "), parent);
  if (error) element("pre", error, parent);
  for (const other of otherErrors || []) element("pre", "or: " + other, parent);
}

function tell() {
  const { from, to } = chosen;
  const verdict = bodyAt(from, to);
  const [source, destination, machine] = kinds[cells[from][to]];
  reasons.replaceChildren();
  element("h2", names[from] + " \\u2192 " + names[to], reasons);
  const otherwise = verdict.alternatives.length > 0 ? ", or " + verdict.alternatives.join(" or ") : "";
  const isPlaceless = ["completes", "unknown", "cannot-start"].includes(verdict.outcome);
  const stage = isPlaceless ? "" : " at " + verdict.stage;
  element("p", verdict.outcome + stage + otherwise, reasons).style.fontWeight = "600";
  const isSame = source === names[from] && destination === names[to];
  const as = isSame ? "" : "; as " + source + " to " + destination + ": no fact tells them apart";
  element("p", [machine, verdict.confidence].filter(Boolean).join(", ") + as, reasons, "soft");
  side("source", verdict.source, reasons);
  side("destination", verdict.destination, reasons);
  if (verdict.findings.length === 0) return;
  element("h3", "why, and what to do", reasons);
  const list = element("ol", undefined, reasons);
  for (const { rule, level, message, remedy, evidence } of verdict.findings) {
    const item = element("li", level + ": " + message + " [" + rule + "]", list);
    if (remedy) element("div", "\\u2192 " + remedy, item);
    if (evidence.length > 0) element("div", evidence.join("; "), item, "soft");
  }
}

function choose(from, to) {
  if (from < 0 || to < 0 || from >= names.length || to >= names.length) return;
  chosen = { from, to };
  drawCells();
  tell();
}

const placeOf = (event) => [event.offsetY, event.offsetX].map((offset) => Math.floor(offset / CELL));
map.addEventListener("click", (event) => choose(...placeOf(event)));
map.addEventListener("mousemove", (event) => {
  const [from, to] = placeOf(event);
  const isCell = names[from] !== undefined && names[to] !== undefined;
  map.title = isCell ? names[from] + " \\u2192 " + names[to] + ": " + bodyAt(from, to).outcome : "";
});
map.addEventListener("keydown", (event) => {
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  choose(chosen.from + move[0], chosen.to + move[1]);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
draw();
choose(0, 0);
`;
