import { Command, FIXED_LENGTH, ReturnPathType } from "../../codec/index.ts";
import type { Named } from "../../codec/layout/index.ts";
import { atLeast } from "../releases.ts";
import type { Observed } from "./rule.ts";

const COMMANDS: Readonly<Record<number, Named>> = Command;
const MESSAGES: Readonly<Record<number, Named>> = ReturnPathType;

/** Whether the peer's release has the message or the command that a change is about. */
export function isKnown({ change, version }: Observed): boolean {
  if (change.kind === "message") return isIn(MESSAGES[change.type], version);
  return change.kind === "command" && isIn(COMMANDS[change.command], version);
}

/** Whether a command's payload is as long as it always is. Those whose length varies keep it whatever it is. */
export function keepsLength({ change, declared }: Observed): boolean {
  if (change.kind !== "command") return true;
  const fixed = FIXED_LENGTH[change.command];
  return fixed === undefined || fixed === declared;
}

/** What was only ever proposed has no first release. A last release is told by its line. */
function isIn(named: Named | undefined, version: string): boolean {
  return named?.since !== undefined && atLeast(version, named.since);
}
