import { openInput } from "../io.ts";
import type { Source } from "../jobs.ts";
import type { Output } from "../output.ts";
import { judgeImageFile } from "./judge-image-file.ts";
import { judgeStream } from "./judge-stream.ts";
import type { Judgement } from "./judgement.ts";
import { type PolicyOptions, predictions } from "./predictions.ts";

/**
 * Judges what is named like a managed save, but does not begin like one. That is what matters most to who keeps it there:
 * some releases delete it. A bare stream is judged as what it is; what is nothing at all, as an image.
 */
export async function judgeNamedImage(
  source: Source,
  options: PolicyOptions,
  output: Output,
): Promise<Judgement> {
  const { name } = source;
  const input = source.open();
  const { size, seekable, offset } = input;
  const facts = { size: size ?? 0, head: input.first.slice() };
  const judgement = await judgeStream({ open: () => input }, output);
  if (!seekable || offset > 0) return judgement;
  if (judgement.container === null)
    return await judgeImageFile({ name, open: () => openInput(name, 0) }, options, output);
  return { ...judgement, libvirt: await predictions(facts, name, options) };
}
