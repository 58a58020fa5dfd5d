import { findingLines } from "../finding-lines.ts";
import type { Remark } from "../findings.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { guestOf } from "./guest.ts";
import type { Reporter } from "./judgement.ts";
import { policyLines } from "./policy-table.ts";
import { type SummaryRow, summaryRow, summaryTable } from "./summary-table.ts";

/** For people: each input as it is judged, with what to do, and a table of all where images are among several. */
export function textReporter(
  output: Output,
  { several, narrowed }: { readonly several: boolean; readonly narrowed: boolean },
): Reporter {
  const paint = painter(output);
  const rows: SummaryRow[] = [];
  let images = false;
  let refused = 0;
  return {
    judged(judgement) {
      const { name, verdict, remarks, untold, image, libvirt = [] } = judgement;
      const style = verdict === "whole" ? "green" : "red";
      output.out(
        `${printable(name)}: ${paint(style, verdict)}\n` +
          (image && !several ? image.render(paint) : "") +
          findingLines(several ? remarks.filter(tellsNews) : remarks, paint, untold) +
          policyLines(libvirt, paint, { narrowed, short: several, machine: guestOf(judgement).machine }),
      );
      images ||= judgement.image !== undefined || judgement.snapshot !== undefined;
      if (several) rows.push(summaryRow(judgement));
    },
    refused(error) {
      refused++;
      output.err(`migwire: ${error.message}\n`);
    },
    end() {
      if (several && images) output.out(summaryTable(rows, refused, paint));
    },
  };
}

/** The emulator of each of many images is not worth a line. */
function tellsNews({ finding }: Remark): boolean {
  return finding.rule !== "SAVE_XML_EMULATOR";
}
