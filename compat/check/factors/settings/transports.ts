import type { ErrorText } from "../../../facts/error-text.ts";
import type { Fact } from "../../../facts/fact.ts";
import * as errors from "../../../facts/qemu/settings/migrate-errors.ts";
import {
  CPR_CHANNEL_ASSERTED,
  CPR_CHANNEL_MISSING,
  CPR_RAM_NOT_SHARED,
  INCOMING_UNKNOWN,
  URI_UNKNOWN,
} from "../../../facts/qemu/settings/transport-errors.ts";
import { FILE_URI } from "../../../facts/qemu/stream/file-uri.ts";
import type { End, Pair } from "../../end.ts";
import type { Problem, Step } from "../../factor.ts";
import { remembering } from "../../remembering.ts";
import type { Transport } from "../../scenario.ts";
import { alsoWrong, commandRefused, crashed } from "./settle.ts";

/** Which rule a refusal of `migrate` or `migrate-incoming` breaks. */
type Refusing = "transport" | "unknown" | "mapped-ram" | "cpr";

interface Refusal {
  readonly breaks: Refusing;
  /** The command of one side only. */
  readonly only?: End["role"];
  /** The process ends instead. */
  readonly crashes?: true;
  readonly text: readonly Fact<ErrorText>[];
  readonly values?: (end: End, transport: Transport) => readonly string[];
  /** What it is about, where it applies. */
  readonly about: (end: End, transport: Transport) => string | undefined;
}

const CPR_MODES: ReadonlySet<unknown> = new Set(["cpr-reboot", "cpr-transfer", "cpr-exec"]);
/** What QEMU calls those that do not go with them. */
const NOT_WITH_CPR = [
  ["postcopy-ram", "postcopy"],
  ["dirty-bitmaps", "postcopy"],
  ["background-snapshot", "background snapshot"],
  ["x-colo", "COLO"],
] as const;
/** Of the blocks that are not shared the one that was made last is named. */
const LAST_BLOCK = "/rom@etc/acpi/rsdp";
/** The machine type without memory. */
const NO_MEMORY = "none";
const SOCKETS: ReadonlySet<Transport> = new Set(["tcp", "unix"]);

/** In the order in which releases look: is the transport fit, then what is set, then is it known at all. */
const REFUSALS: readonly Refusal[] = [
  {
    breaks: "transport",
    text: errors.SEEKABLE_TRANSPORT,
    about: (end, transport) => (end.has("mapped-ram") && transport !== "file" ? "mapped-ram" : undefined),
  },
  { breaks: "transport", text: errors.MULTI_CHANNEL_URI, about: needsChannels },
  {
    breaks: "transport",
    text: errors.EXTRA_FDS,
    about: (end, transport) =>
      end.has("multifd") && end.has("mapped-ram") && end.set("direct-io") === true && transport !== "file"
        ? "direct-io"
        : undefined,
  },
  {
    breaks: "transport",
    text: errors.STREAMABLE_TRANSPORT,
    about: (end, transport) => (isTransfer(end) && transport === "file" ? "cpr-transfer" : undefined),
  },
  {
    breaks: "cpr",
    only: "source",
    text: CPR_CHANNEL_MISSING,
    about: (end) => (isTransfer(end) ? "cpr-transfer" : undefined),
  },
  {
    breaks: "cpr",
    only: "source",
    text: errors.EXEC_COMMAND_MISSING,
    about: (end) =>
      end.set("mode") === "cpr-exec" && end.set("cpr-exec-command") === undefined
        ? "cpr-exec-command"
        : undefined,
  },
  {
    breaks: "mapped-ram",
    only: "source",
    text: errors.TLS_WITH_MAPPED_RAM,
    about: (end) => {
      const creds = end.has("mapped-ram") ? end.set("tls-creds") : undefined;
      return typeof creds === "string" && creds !== "" ? "tls-creds" : undefined;
    },
  },
  {
    breaks: "mapped-ram",
    only: "source",
    text: errors.COMPRESSION_WITH_MAPPED_RAM,
    about: (end) => {
      const method = end.has("mapped-ram") ? end.set("multifd-compression") : undefined;
      return typeof method === "string" && method !== "none" ? "multifd-compression" : undefined;
    },
  },
  {
    breaks: "cpr",
    only: "source",
    text: errors.NOT_WITH_CPR,
    values: (end) => [notWithCpr(end)?.[1] ?? ""],
    about: (end) => notWithCpr(end)?.[0],
  },
  {
    breaks: "cpr",
    only: "source",
    text: CPR_RAM_NOT_SHARED,
    values: () => [LAST_BLOCK],
    about: (end) => (isTransfer(end) && end.peer.machine !== NO_MEMORY ? "aux-ram-share" : undefined),
  },
  {
    breaks: "cpr",
    only: "source",
    crashes: true,
    text: CPR_CHANNEL_ASSERTED,
    about: (end) => (isTransfer(end) ? "cpr-transfer" : undefined),
  },
  { breaks: "unknown", only: "source", text: URI_UNKNOWN, about: unknownTransport },
  {
    breaks: "unknown",
    only: "destination",
    text: INCOMING_UNKNOWN,
    values: (_, transport) => [`${transport}:$PATH`],
    about: unknownTransport,
  },
];

function needsChannels(end: End, transport: Transport): string | undefined {
  const isFit = SOCKETS.has(transport) || (transport === "file" && end.has("mapped-ram"));
  if (isFit) return undefined;
  return ["multifd", "postcopy-preempt"].find((capability) => end.has(capability));
}

function isTransfer(end: End): boolean {
  return end.set("mode") === "cpr-transfer";
}

function notWithCpr(end: End): (typeof NOT_WITH_CPR)[number] | undefined {
  return CPR_MODES.has(end.set("mode"))
    ? NOT_WITH_CPR.find(([capability]) => end.has(capability))
    : undefined;
}

function unknownTransport(end: End, transport: Transport): string | undefined {
  return transport === "file" && end.value(FILE_URI) === undefined ? transport : undefined;
}

/** Something that one side's command is refused for. */
interface Found {
  readonly end: End;
  readonly refusal: Refusal;
  readonly about: string;
  readonly text: string;
  readonly decides: boolean;
}

const NOTHING: readonly Found[] = [];
/** One factor after the other asks for the same. */
const refusalsOf = remembering((pair: Pair): readonly Found[] => {
  const [there, here] = [refusalsAt(pair, pair.source), refusalsAt(pair, pair.destination)];
  return there.length + here.length === 0 ? NOTHING : [...there, ...here];
});

function refusalsAt({ transport }: Pair, end: End): readonly Found[] {
  if (SOCKETS.has(transport) && !end.has("mapped-ram") && end.set("mode") === undefined) return NOTHING;
  let all = NOTHING;
  for (const refusal of REFUSALS) {
    if (refusal.only && refusal.only !== end.role) continue;
    const about = refusal.about(end, transport);
    const text = about && end.say(refusal.text, ...(refusal.values?.(end, transport) ?? []))?.text;
    if (about && text) all = [...all, { end, refusal, about, text, decides: all.length === 0 }];
  }
  return all;
}

const NO_PROBLEMS: readonly Problem[] = [];

/** The problems of one rule with the commands `migrate` and `migrate-incoming`; of a side only the first ends it. */
export function transportProblems(pair: Pair, breaks: Refusing): readonly Problem[] {
  const all = refusalsOf(pair);
  if (all.length === 0) return NO_PROBLEMS;
  return all.filter(({ refusal }) => refusal.breaks === breaks).map((each) => problemOf(pair, each));
}

function problemOf(pair: Pair, { end, refusal, about, text, decides }: Found): Problem {
  const step: Step = end.role === "source" ? "migrate" : "migrate-incoming";
  const crashes = refusal.crashes === true;
  const args = { about, transport: pair.transport, text, crashes };
  const facts = refusal.text;
  if (!decides) return alsoWrong(end, step, "error", { args, facts });
  const problem = commandRefused(pair, end, step, { text, args, facts });
  return crashes ? crashed(problem, text) : problem;
}
