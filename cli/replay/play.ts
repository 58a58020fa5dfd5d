import type { Finding, StreamSummary } from "../../codec/index.ts";
import type { PeerOptions } from "../../compat/peers/peer.ts";
import type { ReplayAnswer } from "../../compat/replay/answer.ts";
import { heedDescription } from "../../compat/replay/described.ts";
import { type OtherSide, otherSide } from "../../compat/replay/other-side.ts";
import { setupOf } from "../../compat/replay/setup.ts";
import { UsageError } from "../exit.ts";
import type { Output } from "../output.ts";
import { restores } from "../verify/predictions.ts";
import type { ImageTape } from "./image-tape.ts";
import type { Played } from "./played.ts";
import { type PeerSettings, settingsOf } from "./settings.ts";
import type { Tape } from "./tape.ts";
import { startTarget } from "./target.ts";

export interface PlayOptions extends PeerSettings {
  /** What peers play; all that the input has bytes for, where that is not told. */
  readonly side?: "source" | "destination";
}

/** Gives an input to all peers, QEMU's first. */
export async function play(
  tape: Tape | ImageTape,
  peers: readonly string[],
  options: PlayOptions,
  output: Output,
): Promise<readonly Played[]> {
  const settings = settingsOf({ ...setupOfTape(tape), ...offsetOf(tape) }, options);
  const qemu = peers.filter((peer) => peer.startsWith("qemu-"));
  const libvirt = peers.filter((peer) => peer.startsWith("libvirt-"));
  return [
    ...(qemu.length > 0 ? await playQemu(tape, qemu, settings, options, output) : []),
    ...(libvirt.length > 0 ? await playLibvirt(tape, libvirt) : []),
  ];
}

/** What stands beside a stream goes before what the stream itself tells. */
function setupOfTape({ channels, setup = {} }: Tape): PeerOptions {
  const inferred = setupOf(channels);
  return { ...inferred, ...setup, capabilities: { ...inferred.capabilities, ...setup.capabilities } };
}

function offsetOf({ offset }: Tape): PeerOptions {
  return offset === undefined ? {} : { offset };
}

async function playQemu(
  tape: Tape,
  peers: readonly string[],
  settings: PeerOptions,
  { side }: PlayOptions,
  output: Output,
): Promise<readonly Played[]> {
  const sides = tape.sides.filter((one) => side === undefined || one === side);
  if (sides.length === 0)
    throw new UsageError(`nothing in this input was sent to a ${side ?? "peer of a migration"}`);
  const targets = sides.map((one) => startTarget(peers, one, settings));
  await tape.play(targets, output);
  const course = tape.channels.find(({ role }) => role === "main")?.stream ?? null;
  const forward = tape.channels.filter(({ direction }) => direction === "source-to-destination");
  const played = targets.map((target) =>
    target.finish().map((finished): Played => {
      const { read } = tape;
      const answer =
        read && target.side === "destination" ? heedDescription(finished, read, settings) : finished;
      const at = answer.stoppedAt?.connection;
      const channel = at === undefined ? null : target.side === "source" ? "return-path" : forward[at]?.role;
      const other = otherSide(answer, target.side, course);
      const findings = [...answer.findings, ...remarksOn(answer, target.side, other, course)];
      return {
        kind: "qemu",
        side: target.side,
        answer: { ...answer, findings },
        other,
        channel: channel ?? null,
      };
    }),
  );
  return peers.flatMap((_, i) => played.flatMap((answers) => answers[i] ?? []));
}

/** What is to be said of an answer once the whole input is known. */
function remarksOn(
  { id: peer, accepts }: ReplayAnswer,
  side: "source" | "destination",
  { outcome }: OtherSide,
  course: StreamSummary | null,
): readonly Finding[] {
  const about = { subject: "", args: { peer } };
  if (outcome === "guest-lost") return [{ rule: "PEER_REFUSAL_NOTICED", level: "error", ...about }];
  const count = course?.sections.filter(({ kind }) => kind === "full").length ?? 0;
  if (side === "source" || !accepts || count === 0) return [];
  return [{ rule: "PEER_JUDGES_DEVICES", level: "note", subject: "", args: { peer, count } }];
}

async function playLibvirt(tape: Tape | ImageTape, peers: readonly string[]): Promise<readonly Played[]> {
  if (!("facts" in tape)) throw new UsageError("libvirt is a peer for save images: this is none");
  const { peer } = await import("../../compat/peers/process.ts");
  return peers.map((name) => {
    const prediction = peer(name as `libvirt-${string}`).open(tape.facts);
    return { kind: "libvirt", peer: name, accepts: restores(prediction), prediction };
  });
}
