import type { Steps } from "../../../codec/layout/index.ts";
import { negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  COMMAND_HEADER_CHECKED,
  COMMAND_HEADER_CUT,
  COMMAND_LENGTH,
  UNKNOWN_COMMAND,
} from "../../facts/qemu/postcopy/command-errors.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { number } from "../qemu-file.ts";
import { readAdvise } from "./advise.ts";
import { enableColo } from "./colo.ts";
import { readDiscard } from "./discard.ts";
import { type CommandKind, knownCommand } from "./known-command.ts";
import { runPackage } from "./package.ts";
import { sendReceivedBitmap } from "./recv-bitmap.ts";
import { refuse } from "./refuse.ts";
import { resume } from "./resume.ts";
import { answerPing, openReturnPath } from "./return-path.ts";
import { startListening, startRunning } from "./switch.ts";

/** Reads a command, whose type byte was read, and does what it says. QEMU's loadvm_process_command(). */
export function* runCommand(load: Load): Steps<LoadFailure | undefined> {
  const { file } = load;
  const { version } = load.host.peer;
  load.main ??= file;
  const command = yield* number(file, 2, "CommandHeader.command");
  const { offset, path } = file;
  const length = yield* number(file, 2, "CommandHeader.length");
  if (file.error && valueAt(COMMAND_HEADER_CHECKED, version, "later"))
    return refuse(load, file, "EIO", COMMAND_HEADER_CUT, negative("EIO"));
  const known = knownCommand(version, command);
  if (!known) return { ...refuse(load, file, "EINVAL", UNKNOWN_COMMAND, command, length), offset, path };
  if (known.length !== null && known.length !== length)
    return refuse(load, file, "ERANGE", COMMAND_LENGTH, known.name, known.length, length);
  return yield* obey(load, known.kind, length);
}

/** What a command says, most of which is read from the main channel even if the command stands in a package. */
function* obey(load: Load, kind: CommandKind, length: number): Steps<LoadFailure | undefined> {
  const { file, main = file } = load;
  switch (kind) {
    case "OPEN_RETURN_PATH":
      return openReturnPath(load);
    case "PING":
      return yield* answerPing(load, file);
    case "POSTCOPY_ADVISE":
      return yield* readAdvise(load, main, length);
    case "POSTCOPY_LISTEN":
      return yield* startListening(load, file);
    case "POSTCOPY_RUN":
      return startRunning(load, file);
    case "POSTCOPY_RAM_DISCARD":
      return yield* readDiscard(load, main, length);
    case "PACKAGED":
      return yield* runPackage(load, main);
    case "POSTCOPY_RESUME":
      return yield* resume(load, main);
    case "RECV_BITMAP":
      return yield* sendReceivedBitmap(load, main, length);
    case "ENABLE_COLO":
      return enableColo(load, file, length);
    case "SWITCHOVER_START":
      return undefined;
  }
}
