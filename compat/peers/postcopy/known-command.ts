import type { Fact } from "../../facts/fact.ts";
import { valueAt } from "../../facts/fact.ts";
import * as commands from "../../facts/qemu/postcopy/commands.ts";

const COMMANDS = {
  OPEN_RETURN_PATH: commands.OPEN_RETURN_PATH,
  PING: commands.PING,
  POSTCOPY_ADVISE: commands.POSTCOPY_ADVISE,
  POSTCOPY_LISTEN: commands.POSTCOPY_LISTEN,
  POSTCOPY_RUN: commands.POSTCOPY_RUN,
  POSTCOPY_RAM_DISCARD: commands.POSTCOPY_RAM_DISCARD,
  PACKAGED: commands.PACKAGED,
  POSTCOPY_RESUME: commands.POSTCOPY_RESUME,
  RECV_BITMAP: commands.RECV_BITMAP,
  ENABLE_COLO: commands.ENABLE_COLO,
  SWITCHOVER_START: commands.SWITCHOVER_START,
} as const satisfies Record<string, readonly Fact<commands.KnownCommand>[]>;

export type CommandKind = keyof typeof COMMANDS;

/** What a release takes a command's number for; undefined where it has no such command. */
export function knownCommand(
  version: string,
  command: number,
): { readonly kind: CommandKind; readonly name: string; readonly length: number | null } | undefined {
  for (const [kind, chapters] of Object.entries(COMMANDS)) {
    const known = valueAt<commands.KnownCommand>(chapters, version, "later");
    if (known?.command === command)
      return { kind: kind as CommandKind, name: known.name, length: known.length };
  }
  return undefined;
}
