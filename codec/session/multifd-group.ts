import type { Finding } from "../formats/finding.ts";
import type { MultifdEvent } from "../formats/multifd/multifd-events.ts";
import type { Channel } from "./events.ts";

interface Member {
  readonly channel: Channel;
  readonly offset: number;
  readonly id: number;
  readonly uuid: string;
}

/** What the multifd channels of one migration must agree on. */
export interface MultifdGroup {
  /** A multifd or main channel was recognised. */
  join(channel: Channel): void;
  event(channel: Channel, event: MultifdEvent): void;
  /** The channel that was recognised first. */
  readonly first: Channel | undefined;
  /** A channel reached the destination before the main channel. */
  readonly early: boolean;
  /** How often a channel had been synchronised before the packet read last: SYNC holds behind the pages of its packet. */
  epoch(channel: Channel): number;
  finish(): void;
}

export function createMultifdGroup(find: (channel: Channel, finding: Finding) => void): MultifdGroup {
  const members = new Map<number, Member>();
  const count = new Set<Channel>();
  const syncs = new Map<Channel, number>();
  const asked = new Set<Channel>();
  let first: Member | undefined;
  let main: Channel | undefined;
  let overtaken = false;

  /** The first connection that a destination accepts is its main channel, in releases before 8.0 whatever it holds. */
  function checkAcceptOrder(main: Channel, early: Channel): void {
    const before = early.connection?.established ?? null;
    const after = main.connection?.established ?? null;
    if (before === null || after === null || before >= after) return;
    overtaken = true;
    const args = { early: after - before, main: main.index, what: "this multifd channel" };
    find(early, { rule: "MAIN_CHANNEL_FIRST", level: "warning", subject: "", offset: 0, args });
  }

  function introduce(member: Member): void {
    const { channel, offset, id, uuid } = member;
    const tell = (rule: Finding["rule"], at: number, args: Finding["args"]) =>
      find(channel, { rule, level: "error", subject: "MultifdInit", offset: offset + at, args });
    first ??= member;
    if (first.uuid !== uuid) tell("MULTIFD_UUID_AGREES", 8, { expected: first.uuid, found: uuid });
    const other = members.get(id);
    if (other) tell("MULTIFD_ID_UNIQUE", 24, { id, other: other.channel.index });
    else members.set(id, member);
  }

  return {
    join(channel) {
      if (channel.role === "multifd") count.add(channel);
      else main ??= channel;
      if (channel.role === "main") for (const early of count) checkAcceptOrder(channel, early);
      else if (main) checkAcceptOrder(main, channel);
    },
    event(channel, event) {
      if (event.kind === "multifd-init")
        introduce({ channel, offset: event.offset, id: event.id, uuid: event.uuid });
      if (event.kind !== "multifd-packet") return;
      if (asked.delete(channel)) syncs.set(channel, (syncs.get(channel) ?? 0) + 1);
      if (event.sync) asked.add(channel);
    },
    get first() {
      return count.values().next().value;
    },
    get early() {
      return overtaken;
    },
    epoch: (channel) => syncs.get(channel) ?? 0,
    finish() {
      // Of files, or of a capture that began late, some channels may be missing.
      const all = [...count].every(({ connection }) => connection && !connection.midstream);
      for (const { channel, offset, id } of members.values())
        if (all && id >= count.size)
          find(channel, {
            rule: "MULTIFD_ID_IN_RANGE",
            level: "error",
            subject: "MultifdInit",
            offset: offset + 24,
            args: { expected: `an id below ${count.size}`, found: id },
          });
    },
  };
}
