import { off, withoutMultifd } from "../../fixes.ts";
import type { CheckWordings } from "../../wording.ts";
import { atBeginning } from "../../words.ts";
import { sameCompression } from "./same-compression.ts";

const PAGES = "The migration fails over its first pages";
const LEGACY = [{ end: "source", parameter: "zero-page-detection", value: "legacy" }] as const;

/** Wording of what becomes of pages. */
export const PAGE_WORDINGS: CheckWordings = {
  COMPRESSED_PAGES_UNDERSTOOD: {
    message: ({ known, version, ear }) =>
      known
        ? `${atBeginning(ear, PAGES)}compress is set on the source only, and the destination refuses the first compressed page.`
        : `${atBeginning(ear, PAGES)}compress is set on the source, and QEMU ${version} on the destination can no longer unpack its pages.`,
    remedy: ({ known }) =>
      known
        ? "Switch compress off on the source, or set it on both sides, on the destination before migrate-incoming."
        : "Switch compress off on the source; multifd with multifd-compression is what took its place.",
    fix: (_, scenario) => off(scenario, "compress"),
  },
  MULTIFD_COMPRESSION_ALIKE: {
    message: ({ source, destination, dangerous }) =>
      `${
        dangerous
          ? "The source may call this migration completed while the guest is stuck on the destination. "
          : ""
      }multifd-compression is ${source} on the source and ${destination} on the destination, which refuses the first packet; its main loop may hang over it.`,
    remedy: ({ dangerous }) =>
      `Set multifd-compression to the same value on both sides, on the destination before migrate-incoming.${
        dangerous
          ? " Set return-path on the source as well: it then does not complete before the destination has."
          : ""
      }`,
    fix: (_, scenario) => sameCompression(scenario),
  },
  MULTIFD_SYNC_PAGES_KEPT: {
    message: () =>
      "The migration fails, or both sides call it completed with pages of the guest missing: the destination does not look at the pages that multifd of sources before 9.0 sends along with a SYNC.",
    remedy: () => "Migrate without multifd, or to 10.0 or later.",
    fix: (_, scenario) => withoutMultifd(scenario),
  },
  MULTIFD_ZERO_PACKETS_MARKED: {
    message: ({ compression }) =>
      `With zero-page-detection=multifd this source sends packets of nothing but zero pages without the flag of ${compression}; a destination that looks at it fails.`,
    remedy: () => "Set zero-page-detection=legacy on the source.",
    fix: () => LEGACY,
  },
  MULTIFD_ZERO_PAGES_UNDERSTOOD: {
    message: ({ several, set, machine }) =>
      `Both sides call this migration completed, and the guest's RAM ${
        several ? "is damaged" : "can be damaged"
      }: the destination is older than 9.0 and drops the zero pages of multifd packets, so that a page that becomes zero after it was sent keeps its old content.${
        set
          ? ""
          : ` zero-page-detection=multifd is what ${machine || "this machine type"} has unless told otherwise.`
      }${several ? "" : " It goes well only where no such page is sent twice."}`,
    remedy: () => "Set zero-page-detection=legacy on the source, or migrate without multifd.",
    fix: () => LEGACY,
  },
  MULTIFD_ROUNDS_KEPT: {
    message: ({ several }) =>
      several
        ? "Both sides may call this migration completed with the guest's RAM damaged: of those with multifd from releases before 9.0 to this one that took several rounds, some were seen to end so, and with this bandwidth and downtime there are many rounds. Later runs went well, and the cause is not known."
        : "Of migrations with multifd from releases before 9.0 to this one that took several rounds, some were seen to damage the guest's RAM although both sides called them completed. Later runs went well, and the cause is not known.",
    remedy: ({ several }) =>
      several
        ? "Migrate without multifd, or allow more bandwidth or downtime, so that there are fewer rounds."
        : "Migrate without multifd where this must not happen.",
    fix: (_, scenario) => withoutMultifd(scenario),
  },
};
