import type { Matrix } from "../../compat/matrix/matrix.ts";
import { gravity } from "./glyph.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** A page that needs nothing else: a heat map whose cells open their reasons. */
export function matrixHtml({ names, cells, verdicts }: Matrix, about: string): string {
  const bodies = new Map<string, number>();
  const kinds = verdicts.map(({ scenario: { source, destination }, verdict: { format: _, ...verdict } }) => {
    const body = JSON.stringify({ gravity: gravity(verdict), ...verdict });
    const place = bodies.get(body) ?? bodies.size;
    bodies.set(body, place);
    return [source.qemu, destination.qemu, source.machine ?? "", place];
  });
  const data = `{"names":${JSON.stringify(names)},"cells":${JSON.stringify(cells)},"kinds":${JSON.stringify(kinds)},"bodies":[${[...bodies.keys()].join()}]}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>migwire: ${escaped(about)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>May these two migrate?</h1>
<p>${escaped(about)}</p>
<ul id="legend"></ul>
</header>
<main>
<div id="table">
<canvas id="corner"></canvas>
<canvas id="across"></canvas>
<canvas id="down"></canvas>
<canvas id="map" tabindex="0" role="img" aria-label="${escaped(about)}"></canvas>
</div>
<aside id="reasons" aria-live="polite"><p>Choose a cell with the mouse, or with the arrow keys.</p></aside>
</main>
<script type="application/json" id="data">${scriptSafe(data)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** JSON that cannot end the script element it stands in. */
function scriptSafe(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
