import { SAVE_SCHEMES } from "../dist/codec/index.js";
import { SAVE_SCHEME_COMPARISON } from "../dist/compat/index.js";

const START = {
  none: "there is no managed save yet",
  "fails-and-keeps": "fails; the file is kept",
  "fails-once-and-removes": "fails once; the file is removed",
  "removes-and-boots": "removes the file and boots afresh",
};

const cell = (text) => text.replaceAll("|", "\\|");
const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((text) => cell(String(text))).join(" | ")} |\n`)
    .join("");

function section({ name, doc }) {
  const { unfinished, tells, olderImages } = SAVE_SCHEME_COMPARISON.find(({ scheme }) => scheme === name);
  const fates = table(
    ["libvirt since", "until", "virsh restore", "before QEMU starts", "virsh start", "evidence"],
    unfinished.map(({ since, until, restore, upFront, managedStart, evidence }) => [
      since,
      until ?? "",
      restore,
      upFront ? "yes" : "no",
      START[managedStart],
      evidence,
    ]),
  );
  const states = table(["state", "what a release that knows the scheme can say"], Object.entries(tells));
  return `## ${name}\n\n${doc}\n\nAn unfinished image:\n\n${fates}\n${states}\nImages of releases that do not know the scheme are taken as: ${olderImages}.\n`;
}

/** The page that sets the three schemes of August 2011 side by side. */
export function saveSchemesPage() {
  const intro =
    "Three ways to tell a finished save image from an unfinished one were discussed for libvirt in August 2011; the last was merged in 0.9.5. Generated from compat/completeness.ts by `npm run gen`; do not edit. A ≤ marks the latest release that a change can have come with.";
  return `# How a save image tells that it is finished\n\n${intro}\n\n${SAVE_SCHEMES.map(section).join("\n")}`;
}
