import * as wire from "../../codec/index.ts";
import type { Phase } from "../peers/peer.ts";
import { blank, bytesOf, changed, type Laid, lay, type Piece, payloadPiece, today } from "./pieces.ts";
import type { Change, ChangeOf } from "./schema.ts";
import { CHANNELS, machineFor, multifdOf, type Setting } from "./settings.ts";
import * as stream from "./stream.ts";
import { findTable } from "./tables.ts";

/** What a peer says at which moment: today's conversation, and the same with what is proposed. */
export interface Conversation {
  readonly state: string;
  readonly phase: Phase;
  readonly setting: Setting;
  /** Connections in the order in which they are made. */
  readonly today: readonly Laid[];
  readonly proposed: readonly Laid[];
  /** Bytes of the first connection after which the sender waits until they had their effect; alike in both. */
  readonly settled: number;
}

/** The smallest sound conversations around a change, for a release; none where the release has no such channel. */
export function conversationsOf(change: Change, version: string): readonly Conversation[] {
  switch (change.kind) {
    case "message":
      return change.when.map((state) => messageIn(change, state));
    case "command":
      return change.when.map((state) => commandIn(change, state, version));
    case "packet":
      return packets(change, version);
    case "header":
      return [main("setup", "plain", version, (pieces) => editIn(pieces, change), stream.ramSection())];
    case "section":
      return [sectionIn(change, version)];
    case "subsection":
      return [subsectionIn(change, version)];
    case "ram-flag":
      return [flagIn(change, version)];
    case "handshake":
      return [handshakeIn(change, version)];
    case "save-header":
    case "transport":
      return [];
  }
}

function messageIn(change: ChangeOf<"message">, phase: "precopy" | "postcopy"): Conversation {
  const PONG = 2;
  const after = [
    today(wire.ReturnPathHeader, { type: PONG, length: 4 }),
    today(wire.PongPayload, { value: 1 }),
  ];
  const { type } = change;
  const payload = payloadOf(change);
  const length = declaredLength(change) ?? 0;
  const header = changed({ table: wire.ReturnPathHeader, value: { type, length } }, {}, []);
  const fresh = [header, ...(payload ? [payload] : [])];
  const setting = phase === "postcopy" ? "postcopy" : "return-path";
  return {
    state: phase,
    phase,
    setting,
    today: [lay(after)],
    proposed: [lay([...fresh, ...after])],
    settled: 0,
  };
}

/** A conversation on the main channel alone; `change` makes the proposed pieces of today's. */
function main(
  state: string,
  setting: Setting,
  version: string,
  change: (pieces: readonly Piece[]) => readonly Piece[],
  middle: readonly Piece[],
): Conversation {
  const pieces = [...stream.beginning(machineFor(version)), ...middle, ...stream.ending()];
  return {
    state,
    phase: "incoming",
    setting,
    today: [lay(pieces)],
    proposed: [lay(change(pieces))],
    settled: 0,
  };
}

/** A conversation on the main channel, with pieces put in at one place. */
function inserted(
  state: string,
  setting: Setting,
  before: readonly Piece[],
  fresh: readonly Piece[],
  after: readonly Piece[],
): Conversation {
  return {
    state,
    phase: "incoming",
    setting,
    today: [lay([...before, ...after])],
    proposed: [lay([...before, ...fresh, ...after])],
    settled: lay(before).bytes.length,
  };
}

function payloadOf({
  table,
  set,
  add,
}: ChangeOf<"message" | "command" | "section" | "subsection" | "ram-flag">) {
  return payloadPiece(table === undefined ? undefined : findTable(table), set, add);
}

/** What a message or a command says of its payload; null for changes that are neither. */
export function declaredLength(change: Change): number | null {
  if (change.kind !== "message" && change.kind !== "command") return null;
  const payload = payloadOf(change);
  return change.length ?? (payload ? bytesOf(payload).length : 0);
}

function commandIn(change: ChangeOf<"command">, state: "setup" | "precopy" | "postcopy", version: string) {
  const payload = payloadOf(change);
  const length = declaredLength(change) ?? 0;
  const header = { ...stream.command(change.command, length), fresh: true };
  const fresh = [header, ...(payload ? [payload] : [])];
  const start = stream.beginning(machineFor(version));
  const before =
    state === "setup"
      ? start
      : [...start, ...(state === "precopy" ? stream.ramSection() : stream.intoPostcopy())];
  const after = state === "setup" ? [...stream.ramSection(), ...stream.ending()] : stream.ending();
  return inserted(state, state === "postcopy" ? "postcopy" : "plain", before, fresh, after);
}

function editIn(pieces: readonly Piece[], { table, set, add }: ChangeOf<"header" | "packet">): Piece[] {
  return pieces.map((piece) => (piece.table.name === table ? changed(piece, set, add) : piece));
}

function packets(change: ChangeOf<"packet">, version: string): readonly Conversation[] {
  if (multifdOf(version)?.init !== "MultifdInit") return [];
  const channels = Array.from({ length: CHANNELS }, (_, id) => [
    stream.multifdInit(version, id),
    ...stream.multifdSync(),
  ]);
  const start = stream.beginning(machineFor(version));
  const whole = [start, ...channels];
  return [
    {
      state: "setup",
      phase: "incoming",
      setting: "multifd",
      today: whole.map(lay),
      proposed: whole.map((pieces) => lay(editIn(pieces, change))),
      settled: 0,
    },
  ];
}

const NEW_SECTION = 77;

function sectionIn(change: ChangeOf<"section">, version: string): Conversation {
  const type = change.type === "full" ? wire.SECTION_FULL : wire.SECTION_START;
  const header = stream.sectionHeader(type, NEW_SECTION, change.idstr, change.instance, change.version);
  const payload = payloadOf(change);
  const fresh = [
    { ...header, fresh: true },
    ...(payload ? [payload] : []),
    { ...stream.footer(NEW_SECTION), fresh: true },
  ];
  const before = [...stream.beginning(machineFor(version)), ...stream.ramSection()];
  return inserted("setup", "plain", before, fresh, stream.ending());
}

function subsectionIn(change: ChangeOf<"subsection">, version: string): Conversation {
  const idstr = `${change.of}/${change.name}`;
  const value = { type: wire.SUBSECTION, idLength: idstr.length, idstr, versionId: change.version };
  const payload = payloadOf(change);
  const fresh = [{ ...today(wire.SubsectionHeader, value), fresh: true }, ...(payload ? [payload] : [])];
  const after = [...stream.ramSection(), ...stream.ending()];
  return inserted("setup", "plain", stream.beginning(machineFor(version)), fresh, after);
}

function flagIn(change: ChangeOf<"ram-flag">, version: string): Conversation {
  const payload = payloadOf(change);
  const record = { ...today(wire.RamRecord, { word: BigInt(change.flag) }), fresh: true };
  const records = [record, ...(payload ? [payload] : [])];
  const start = stream.beginning(machineFor(version));
  return {
    state: "setup",
    phase: "incoming",
    setting: "plain",
    today: [lay([...start, ...stream.ramSection(), ...stream.ending()])],
    proposed: [lay([...start, ...stream.ramSection(records), ...stream.ending()])],
    settled: 0,
  };
}

/** Main channel first, then those of multifd where the release has them; against the order and parts that are proposed. */
function handshakeIn({ connections }: ChangeOf<"handshake">, version: string): Conversation {
  const start = stream.beginning(machineFor(version));
  const hasMultifd = multifdOf(version) !== undefined;
  const usesMultifd = connections.flat().includes("multifd-init");
  const whole = hasMultifd && usesMultifd ? start : [...start, ...stream.ending()];
  const channels =
    hasMultifd && usesMultifd
      ? Array.from({ length: CHANNELS }, (_, id) => [stream.multifdInit(version, id)])
      : [];
  let next = 0;
  const proposed: Piece[][] = [];
  for (const parts of connections) {
    const pieces: Piece[] = [];
    for (const part of parts) {
      if (part === "stream") pieces.push(...whole);
      else if (part === "multifd-init") {
        if (hasMultifd) pieces.push(stream.multifdInit(version, next++));
      } else {
        const table = findTable(part.new);
        if (table) pieces.push(changed({ table, value: blank(table) }, part.set, part.add));
      }
    }
    if (pieces.length > 0) proposed.push(pieces);
  }
  return {
    state: "setup",
    phase: "incoming",
    setting: hasMultifd && usesMultifd ? "multifd" : "plain",
    today: [whole, ...channels].map(lay),
    proposed: proposed.map(lay),
    settled: 0,
  };
}
