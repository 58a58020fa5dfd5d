import type { ChannelSummary } from "../../codec/index.ts";
import type { LibvirtPrediction } from "../../compat/index.ts";
import type { ReplayAnswer } from "../../compat/replay/answer.ts";
import type { OtherSide } from "../../compat/replay/other-side.ts";

/** What one peer did with an input. */
export type Played =
  | {
      readonly kind: "qemu";
      readonly side: "source" | "destination";
      readonly answer: ReplayAnswer;
      readonly other: OtherSide;
      /** The channel in which it stopped. */
      readonly channel: ChannelSummary["role"] | null;
    }
  | {
      readonly kind: "libvirt";
      readonly peer: string;
      readonly accepts: boolean;
      readonly prediction: LibvirtPrediction;
    };

/** Nothing is known that it would stop at, nor that it would not. */
export function isUnknown(played: Played): boolean {
  if (played.kind === "libvirt") return played.prediction.restore.outcome === "unknown";
  const { accepts, stoppedAt, exit, findings } = played.answer;
  const isSure = findings.some(({ level }) => level === "error");
  return !accepts && stoppedAt === null && exit === null && !isSure;
}

export function takes(played: Played): boolean {
  return played.kind === "qemu" ? played.answer.accepts : played.accepts;
}
