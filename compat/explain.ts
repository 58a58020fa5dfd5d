import type { Finding, FindingRule } from "../codec/index.ts";
import { capture } from "./wording/capture.ts";
import { dirtyBitmap } from "./wording/dirty-bitmap.ts";
import { image } from "./wording/image.ts";
import { migration } from "./wording/migration.ts";
import { multifd } from "./wording/multifd.ts";
import { payload } from "./wording/payload.ts";
import { peer } from "./wording/peer.ts";
import type { Wording } from "./wording/phrases.ts";
import { qcow2 } from "./wording/qcow2.ts";
import { ram } from "./wording/ram.ts";
import { returnPath } from "./wording/return-path.ts";
import { saveImage } from "./wording/save-image.ts";
import { saveVerdict } from "./wording/save-verdict.ts";
import { stream } from "./wording/stream.ts";

export interface Explanation {
  readonly message: string;
  readonly hint?: string;
}

/** The words of every finding. */
export const FINDING_WORDINGS: Readonly<Record<FindingRule, Wording>> = {
  ...capture,
  ...dirtyBitmap,
  ...image,
  ...migration,
  ...multifd,
  ...payload,
  ...peer,
  ...qcow2,
  ...ram,
  ...returnPath,
  ...saveImage,
  ...saveVerdict,
  ...stream,
};

export function explain(finding: Finding): Explanation {
  const [message, hint] = FINDING_WORDINGS[finding.rule];
  const where = finding.subject === "" ? "" : `${finding.subject}: `;
  return { message: where + message(finding.args), ...(hint === undefined ? {} : { hint }) };
}
