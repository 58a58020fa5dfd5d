import { ERRNOS } from "../../errno.ts";
import { INVALID_MESSAGE } from "../../facts/qemu/return-path/return-path-errors.ts";
import { AFTER_RETURN_PATH_ERROR } from "../../facts/qemu/return-path/source-states.ts";
import type { Pair } from "../end.ts";
import type { Ending, Stage } from "../verdict.ts";
import { sourceFails, streamEnds } from "./source-fails.ts";
import { writeError } from "./source-loses.ts";

const CLOSED = ERRNOS.EBADF.text;

/** The destination sends a message of this type and length that the source does not know, as a keepalive would be. */
export function sourceRefusesMessage(pair: Pair, stage: Stage, type: number, length: number): Ending {
  const { source } = pair;
  const said = source.say(INVALID_MESSAGE, type, length);
  const closes = source.value(AFTER_RETURN_PATH_ERROR) === "closes" ? writeError(pair, CLOSED) : undefined;
  const [error = null, ...others] = [closes, said?.text].flatMap((text) => text ?? []);
  const [lines = [], ...otherLines] = (["section", "footer", "ram-record"] as const).map((at) =>
    streamEnds(pair, at),
  );
  const ending = sourceFails(stage, error, lines, others);
  return {
    ...ending,
    destination: { ...ending.destination, otherErrors: otherLines.map((each) => each.join("\n")) },
  };
}
