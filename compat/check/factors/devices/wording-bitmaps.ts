import { on } from "../../fixes.ts";
import type { CheckWordings } from "../../wording.ts";
import { atBeginning } from "../../words.ts";
import { aliased, bitmapsArrive, withoutOwnBitmaps } from "./bitmap-fixes.ts";

const SUCCESS = "Both sides would report success, and dirty bitmaps would be missing on the destination: ";
const BACKUP = "Otherwise take a full backup after the migration: an incremental one would miss changes.";

/** Of dirty bitmaps, nodes and aliases. */
export const BITMAPS_WORDS: CheckWordings = {
  BITMAPS_SENT: {
    message: ({ count, node, name }) =>
      `${SUCCESS}the source has ${bitmaps(count)}, such as '${name}' on node '${node}', and not the capability dirty-bitmaps.`,
    remedy: ({ can }) =>
      `${can ? "Set dirty-bitmaps on the source; the destination needs no capability for it, but nodes or aliases of the same names." : "This release of the source cannot migrate bitmaps: dirty-bitmaps is there since 2.12."} Persistent bitmaps on shared storage come with the image instead, if the destination opens it from there. ${BACKUP}`,
    fix: (_, scenario) => {
      const arrive = bitmapsArrive(scenario);
      return arrive ? [on("source", "dirty-bitmaps"), ...arrive] : [];
    },
  },
  BITMAPS_OUTLIVE_PAUSE: {
    message: ({ count, node, name, dropped }) =>
      dropped
        ? `${SUCCESS}when postcopy loses its connection the destination drops all bitmaps that are on their way (${bitmaps(count)}, such as '${name}' on node '${node}'), and a recovery does not bring them back.`
        : `What is on its way of ${bitmaps(count)}, such as '${name}' on node '${node}', is lost when postcopy loses its connection, and a recovery does not send it again: the bitmaps may then miss changes.`,
    remedy: () =>
      `Do not rely on bitmaps after a recovery: remove what is left of them on the destination and take a full backup. To be sure of them, migrate by precopy.`,
  },
  BITMAPS_MAPPED: {
    message: ({ count, node, name }) =>
      `${SUCCESS}block-bitmap-mapping of the source leaves out ${bitmaps(count)}, such as '${name}' on node '${node}', without a word.`,
    remedy: () =>
      `Give every bitmap an alias in block-bitmap-mapping, on both sides the same, or unset the parameter on both where node names agree. ${BACKUP}`,
    fix: (_, scenario) => bitmapsArrive(scenario) ?? [],
  },
  BITMAPS_NAMED: {
    message: ({ node, name, why, bytes }) => {
      if (why === "generated")
        return `The migration fails at its beginning: bitmap '${name}' is on node '${node}', a name that QEMU generated and refuses to send.`;
      const long = `the name of a bitmap on node '${node}' has ${bytes} bytes, and a stream holds 255`;
      return why === "aborts"
        ? `The source aborts: ${long}.`
        : `The migration fails at its beginning: ${long}.`;
    },
    remedy: ({ why }) =>
      why === "generated"
        ? "Map the node to an alias with block-bitmap-mapping on both sides, or give it a node-name when the guest is started next."
        : "Give the bitmap a shorter alias with block-bitmap-mapping on both sides, or make a bitmap with a shorter name and merge this one into it (block-dirty-bitmap-merge).",
    fix: ({ why }, scenario) => (why === "generated" ? [] : (aliased(scenario) ?? [])),
  },
  BITMAPS_ACCEPTED: {
    message: ({ node, name, alias, why, lenient, count, known, told, ear }) => {
      const which = `bitmap '${name}' on node '${node}'`;
      const others = Number(count) > 1 ? ` All ${count} bitmaps are dropped with it.` : "";
      if (why === "exists")
        return `${atBeginning(ear)}the destination has a bitmap '${known}' on that node already, and ${which} comes.`;
      const reason =
        why === "node"
          ? `the destination has no node or device '${known}'${told ? "" : ", nor any other that the scenario tells of"}`
          : why === "alias"
            ? `block-bitmap-mapping of the destination has no alias '${alias}'`
            : `block-bitmap-mapping of the destination has no bitmap by that alias on '${alias}'`;
      return lenient
        ? `${SUCCESS}${which} arrives under '${alias}', and ${reason}.${others}`
        : `${atBeginning(ear)}${which} arrives under '${alias}', and ${reason}.`;
    },
    remedy: ({ node, name, why, alias }) => {
      if (why === "exists")
        return `Remove the bitmap from the destination (block-dirty-bitmap-remove), or leave '${name}' out of block-bitmap-mapping of the source.`;
      if (why === "node")
        return `Give the destination a node '${alias}', or set block-bitmap-mapping on both sides with one alias for '${node}' and for its node there. ${BACKUP}`;
      return `Set block-bitmap-mapping on both sides with the same aliases, or on neither where node names agree. ${BACKUP}`;
    },
    fix: ({ why, known }, scenario) =>
      why === "exists" ? withoutOwnBitmaps(scenario, String(known)) : (bitmapsArrive(scenario) ?? []),
  },
};

function bitmaps(count: unknown): string {
  return Number(count) === 1 ? "a bitmap" : `${count} bitmaps`;
}
