import { DecodeError, type Steps } from "../../layout/index.ts";
import {
  AdvisePayload,
  Command,
  CommandHeader,
  DiscardHeader,
  DiscardRange,
  ENABLE_COLO,
  FIXED_LENGTH,
  PACKAGED,
  PackagedPayload,
  PING,
  PingPayload,
  POSTCOPY_ADVISE,
  POSTCOPY_RAM_DISCARD,
  POSTCOPY_RESUME,
  RECV_BITMAP,
  RecvBitmapPayload,
} from "./qemu-command.ts";
import type { CommandValue } from "./qemu-events.ts";
import { find, type Reader, reportDamage, skipRaw } from "./qemu-reader.ts";

/** Reads one command. Returns the length of the package that follows a PACKAGED command. */
export function* readCommand(reader: Reader): Steps<number> {
  const { cursor } = reader;
  const offset = cursor.offset;
  const within = `commands[${reader.commandCount++}]`;
  const { command: number, length } = yield* cursor.struct(CommandHeader, { within });
  const command = renumber(reader, number, length);
  const name = nameOf(command);
  const fixed = FIXED_LENGTH[command];
  yield* cursor.need(length, `${within}.payload`);
  const outer = cursor.limit;
  const end = cursor.offset + length;
  cursor.limit = end;
  let value: CommandValue = null;
  try {
    if (name === undefined) find(reader, "COMMAND_KNOWN", "error", offset, { command, length });
    else if (fixed !== undefined && fixed !== length)
      find(reader, "COMMAND_LENGTH_FIXED", "error", offset + 3, {
        command: name,
        expected: fixed,
        found: length,
      });
    else value = yield* readPayload(reader, command, length, within);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    reportDamage(reader, error);
  }
  cursor.limit = outer;
  yield* skipRaw(reader, end - cursor.offset, "commandPayload");
  reader.sink.event({ kind: "command", offset, command, name: name ?? `UNKNOWN_${command}`, length, value });
  return command === PACKAGED && typeof value === "number" ? value : 0;
}

/** Release 3.0 alone had RECV_BITMAP, which has a payload, where the others have POSTCOPY_RESUME, which has none. */
function renumber(reader: Reader, command: number, length: number): number {
  if (command === POSTCOPY_RESUME && length > 0) reader.numbering = "3.0";
  if (reader.numbering !== "3.0") return command;
  return command === ENABLE_COLO || command === POSTCOPY_RESUME ? command + 1 : command;
}

function nameOf(command: number): string | undefined {
  return Object.hasOwn(Command, command) ? Command[command as keyof typeof Command].name : undefined;
}

function* readPayload(reader: Reader, command: number, length: number, within: string): Steps<CommandValue> {
  const { cursor } = reader;
  switch (command) {
    case PING:
      return (yield* cursor.struct(PingPayload, { within })).value;
    case PACKAGED:
      return (yield* cursor.struct(PackagedPayload, { within })).length;
    case POSTCOPY_ADVISE: {
      reader.postcopyAdvised = length > 0;
      if (length === 0) return null;
      const { pageSizes, targetPageSize } = yield* cursor.struct(AdvisePayload, { within });
      return { pageSizes: String(pageSizes), targetPageSize: String(targetPageSize) };
    }
    case POSTCOPY_RAM_DISCARD:
      return yield* readDiscard(reader, within);
    case RECV_BITMAP:
      return (yield* cursor.struct(RecvBitmapPayload, { within })).block;
    default:
      return null;
  }
}

function* readDiscard(reader: Reader, within: string): Steps<CommandValue> {
  const { cursor } = reader;
  const { block } = yield* cursor.struct(DiscardHeader, { within });
  const ranges: CommandValue[] = [];
  while (cursor.offset < cursor.limit) {
    const { start, length } = yield* cursor.struct(DiscardRange, {
      within: `${within}.ranges[${ranges.length}]`,
    });
    ranges.push({ start: String(start), length: String(length) });
  }
  return { block, ranges };
}
