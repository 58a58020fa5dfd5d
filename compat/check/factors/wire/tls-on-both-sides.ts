import { UNKNOWN_MAGIC } from "../../../facts/qemu/multifd/channel-errors.ts";
import { WAITING_STATUS } from "../../../facts/qemu/multifd/channels.ts";
import { MULTIFD_MAGIC } from "../../../facts/qemu/multifd/multifd-flags.ts";
import { MULTIFD_INIT_MAGIC, MULTIFD_INIT_PREFIX } from "../../../facts/qemu/multifd/multifd-init-errors.ts";
import { TLS_CREDENTIALS_MISSING } from "../../../facts/qemu/settings/tls-errors.ts";
import { NOT_A_STREAM } from "../../../facts/qemu/stream/file.ts";
import {
  TLS_FAILURE_SURVIVED,
  TLS_HANDSHAKE_FAILED,
  TLS_HELLO,
  TLS_SOCKET_ERROR,
} from "../../../facts/qemu/stream/tls.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { completes } from "../../endings/completes.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { loadError, loadErrorLines } from "../../endings/load-failed.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending, SideEnd } from "../../verdict.ts";
import { emptyStream, peekFailed, peeks, QEVM } from "./multifd-channel-lines.ts";
import { hasMultifd } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";

const MAGIC = MULTIFD_MAGIC[0]?.value ?? 0;
/** GnuTLS's words. */
const UNEXPECTED = "An unexpected TLS packet was received.";
const TERMINATED = "The TLS connection was non-properly terminated.";
const PULL = "Error in the pull function.";
const SOCKET = "Unable to read from socket: Connection reset by peer";

/** TLS is on as soon as credentials are named; an empty name is none. */
function hasTls(end: End): boolean {
  const credentials = end.set("tls-creds");
  return typeof credentials === "string" && credentials !== "" && end.value(TLS_HELLO) !== undefined;
}

/** What a destination without TLS makes of the first bytes of a handshake. */
function notAStream(pair: Pair, hello: number): readonly string[] {
  const { destination: end } = pair;
  const unknown = peeks(pair) ? end.say(UNKNOWN_MAGIC, hello) : undefined;
  if (unknown) return [unknown.text];
  if (peeks(pair) && hasMultifd(end)) {
    const prefix = end.say(MULTIFD_INIT_PREFIX, 0)?.text ?? "";
    return [prefix + (end.say(MULTIFD_INIT_MAGIC, hello, MAGIC)?.text ?? "")];
  }
  return loadErrorLines(end, loadError(end, "EINVAL", NOT_A_STREAM, hello, QEVM));
}

/** What the source says whose handshake nobody answers: its socket was reset where not all was read. */
function unanswered(pair: Pair): readonly string[] {
  const { source } = pair;
  const say = (text: string) => source.say(TLS_HANDSHAKE_FAILED, text)?.text ?? text;
  const reset = source.say(TLS_SOCKET_ERROR, PULL, SOCKET)?.text ?? say(PULL);
  return peeks(pair) ? [reset, say(TERMINATED)] : [say(TERMINATED), reset];
}

/** What an end says where the object that tls-creds names is not there, which a scenario does not tell. */
function objectMissing(end: End): readonly string[] {
  const said = end.say(TLS_CREDENTIALS_MISSING, String(end.set("tls-creds")));
  return said ? [said.text] : [];
}

function orMissing(side: SideEnd, end: End): SideEnd {
  return { ...side, otherErrors: [...(side.otherErrors ?? []), ...objectMissing(end)] };
}

/** It may complete: that is up to the credentials. */
function bothSides(pair: Pair): Ending {
  const { source, destination, ...ending } = completes(pair);
  return {
    ...ending,
    alternatives: ["fails"],
    source: orMissing(source, pair.source),
    destination: orMissing(destination, pair.destination),
  };
}

function sourceOnly(pair: Pair): Ending {
  const texts = (pair.source.value(TLS_HELLO) ?? []).map((hello) => notAStream(pair, hello).join("\n"));
  const [first = "", ...otherErrors] = [...new Set(texts)];
  const [error = null, ...others] = [...unanswered(pair), ...objectMissing(pair.source)];
  const closed = peeks(pair) ? [peekFailed(pair.destination) ?? ""] : emptyStream(pair.destination);
  const ending = destinationFails(pair, "setup", first.split("\n"), {
    otherErrors: [...otherErrors, closed.join("\n")],
    alternatives: [],
  });
  return { ...ending, stage: "connect", source: { state: "failed", error, otherErrors: others } };
}

function destinationOnly(pair: Pair): Ending {
  const { destination } = pair;
  const line = destination.say(TLS_HANDSHAKE_FAILED, UNEXPECTED)?.text ?? UNEXPECTED;
  const alternatives = isHeard(pair) ? ([] as const) : (["guest-stuck"] as const);
  const stays = destination.value(WAITING_STATUS) ?? null;
  const ending = destinationFails(pair, "precopy", [line], {
    stays,
    alternatives,
    otherErrors: objectMissing(destination),
  });
  return { ...ending, stage: "connect" };
}

export const tlsOnBothSides: Factor = {
  rule: "TLS_ON_BOTH_SIDES",
  purpose: "Checks that TLS is on on both sides or on neither.",
  reference: "migration/tls.c; migration/channel.c, migration_channel_process_incoming()",
  find(pair: Pair): readonly Problem[] {
    const { source, destination, mode } = pair;
    if (mode === "save-and-restore") return NOTHING;
    const [sends, awaits] = [hasTls(source), hasTls(destination)];
    if (!sends && !awaits) return NOTHING;
    if (sends && awaits) {
      const facts = [
        ...chaptersFor(source, TLS_CREDENTIALS_MISSING),
        ...chaptersFor(destination, TLS_CREDENTIALS_MISSING),
      ];
      return [
        {
          step: "connect",
          ending: bothSides(pair),
          level: "note",
          args: { both: true, side: "", unheard: false },
          facts,
        },
      ];
    }
    const facts = chaptersFor(
      destination,
      ...(sends ? [NOT_A_STREAM] : [TLS_HANDSHAKE_FAILED, TLS_FAILURE_SURVIVED]),
    );
    const side = sends ? "source" : "destination";
    return deciding(
      "connect",
      sends ? sourceOnly(pair) : destinationOnly(pair),
      { both: false, side, unheard: !isHeard(pair) },
      facts,
    );
  },
};
