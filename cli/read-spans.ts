import {
  type ChannelReader,
  createCaptureReader,
  createMultifdReader,
  createReturnPathReader,
  createStreamReader,
  type Finding,
  type Span,
} from "../codec/index.ts";
import { closeInput, feed, type Input } from "./io.ts";
import type { Kind } from "./kind.ts";
import type { Output } from "./output.ts";
import { startProgress } from "./progress.ts";
import { MOST_FINDINGS } from "./read-stream.ts";

/** What has fields by itself, other than a stream. */
type OneChannel = Exclude<Kind, "stream" | "save-image" | "qcow2">;

/** Reads a capture or one channel by itself, for the names of its bytes; its block list is not known. Closes the input. */
export async function readSpans(
  input: Input,
  kind: OneChannel,
  span: (span: Span) => void,
  output: Output,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const find = (finding: Finding) => {
    if (findings.length < MOST_FINDINGS) findings.push(finding);
  };
  const progress = startProgress(input, output);
  try {
    await feed(input, readerOf(kind, span, find, input.offset), progress.update);
    return findings;
  } finally {
    progress.stop();
    closeInput(input);
  }
}

function readerOf(
  kind: OneChannel,
  span: (span: Span) => void,
  find: (finding: Finding) => void,
  offset: number,
): ChannelReader {
  const nothing = () => {};
  const event = (told: { readonly kind: string; readonly finding?: Finding }) => {
    if (told.finding) find(told.finding);
  };
  switch (kind) {
    case "capture": {
      // A capture counts its offsets from the beginning of its own file.
      const shifted = (told: Span) => span({ ...told, start: told.start + offset, end: told.end + offset });
      return createCaptureReader({
        connection: nothing,
        bytes: nothing,
        gap: nothing,
        end: nothing,
        finding: find,
        span: offset === 0 ? span : shifted,
      });
    }
    case "multifd":
      return createMultifdReader({ event, span }, { offset });
    case "return-path":
      return createReturnPathReader({ event, span }, { offset });
    case "postcopy-preempt":
      return createStreamReader({ event, span }, { offset, begins: "records" });
    default:
      return createStreamReader({ event, span }, { offset, begins: kind });
  }
}
