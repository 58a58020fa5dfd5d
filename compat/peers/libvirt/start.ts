import { type DomainXml, readSaveCookie } from "../../../codec/formats/libvirt/domain-xml.ts";
import { type Said, say } from "../../facts/error-text.ts";
import { valueAt } from "../../facts/fact.ts";
import { FD_REFUSES_FILES, MAPPED_RAM } from "../../facts/qemu/stream/load.ts";
import { RESET_REQUIRED } from "../../facts/qemu/stream/run-states.ts";
import { findRelease } from "../../releases.ts";
import { needsReset } from "../qemu-load/global-state.ts";
import { notXml, wrongRoot, xmlError } from "./domain.ts";
import { checkEmulator, checkMachine, machineOf, programOf } from "./emulator.ts";
import { type Failure, failsSomehow, refuse, signed } from "./failure.ts";
import { type Feed, feedOf, outputOf } from "./feed.ts";
import type { SaveImageFacts, SavePayloadFacts } from "./image-facts.ts";
import { type FedStream, loadFailure } from "./load-error.ts";
import type { OpenedImage } from "./open.ts";
import type { LibvirtPeer } from "./peer.ts";
import type { LibvirtRules } from "./rules.ts";

/** Starts a guest from an image that was read and belongs where it is. Undefined when it runs. */
export function startImage(
  facts: SaveImageFacts,
  image: OpenedImage,
  domain: DomainXml,
  peer: LibvirtPeer,
  rules: LibvirtRules,
): Failure | undefined {
  const feed = feedOf(image, rules);
  return (
    checkCookie(image.cookie, rules) ??
    checkFormat(feed, image) ??
    checkEmulator(domain, rules) ??
    checkMachine(domain, peer, rules) ??
    checkMemory(domain) ??
    checkPayload(feed, image, facts.payload, domain, peer, rules)
  );
}

const CPU_MODES: readonly string[] = ["custom", "host-model", "host-passthrough", "maximum"];

function checkCookie(cookie: OpenedImage["cookie"], rules: LibvirtRules): Failure | undefined {
  if (cookie === undefined) return undefined;
  if (cookie === null) return { stage: "cookie", outcome: "unknown" };
  const { problem, root, cpu } = readSaveCookie(cookie);
  if (problem) return notXml("cookie", cookie, "(save cookie)", rules);
  if (root !== "cookie") return wrongRoot("cookie", root ?? "", "cookie", rules);
  if (cpu && cpu.model === null && /<feature[\s/>]/.test(cookie))
    return xmlError("cookie", "Non-empty feature list specified without CPU model");
  const mode = cpu?.mode;
  if (typeof mode !== "string" || CPU_MODES.includes(mode)) return undefined;
  const error = `unsupported configuration: Invalid mode attribute '${mode}'`;
  return { stage: "cookie", outcome: "fails", error };
}

function checkFormat(feed: Feed, { format }: OpenedImage): Failure | undefined {
  if (feed.how !== "no-such-format") return undefined;
  return refuse("format", `Invalid compressed save format ${signed(format)}`);
}

function checkPayload(
  feed: Feed,
  image: OpenedImage,
  payload: SavePayloadFacts | undefined,
  domain: DomainXml,
  peer: LibvirtPeer,
  rules: LibvirtRules,
): Failure | undefined {
  const hangs: Failure = { stage: "load", outcome: "hangs" };
  const unknown: Failure = { stage: "load", outcome: "unknown" };
  if (!payload) return unknown;
  const { qemu } = peer;
  const known = qemu !== undefined && findRelease("qemu", qemu) !== undefined;
  const refused = feed.how === "file" && known ? say(FD_REFUSES_FILES, qemu) : undefined;
  if (refused) return qmpFails("migrate-incoming", refused);
  if (feed.how === "mapped" && known && !valueAt(MAPPED_RAM, qemu, "later")) return failsSomehow("load");
  if (feed.how === "pipe" && payload.kind === "empty") return hangs;
  const fed = feed.how === "program" ? outputOf(feed.command, payload) : streamAsItIs(payload);
  if (fed === "nothing") return hangs;
  if (fed === undefined) return unknown;
  const machine = known ? machineOf(domain, qemu) : undefined;
  const to = {
    machine,
    mappedRam: feed.how === "mapped",
    program: programOf(domain.emulator, domain.arch),
    ...memoryOf(domain),
  };
  const failure = loadFailure(fed, { ...to, qemu: known ? qemu : undefined, name: domain.name ?? "" }, rules);
  if (failure) return failure;
  const unhappy = feed.how === "program" ? checkProgram(feed.command, payload, rules) : undefined;
  return unhappy ?? checkResume(fed, image.wasRunning !== 0, known ? qemu : NEWEST);
}

/** What is not known to differ is as in the newest. */
const NEWEST = "11.1";

/** QEMU refuses a command. */
function qmpFails(command: string, { text }: Said): Failure {
  const error = `internal error: unable to execute QEMU command '${command}': ${text}`;
  return { stage: "load", outcome: "fails", error };
}

/** libvirt saves whole MiB. Others it tells QEMU in two ways that differ, in words by release. */
function checkMemory({ memoryKiB }: DomainXml): Failure | undefined {
  return memoryKiB !== null && memoryKiB % 1024 !== 0 ? failsSomehow("machine") : undefined;
}

/** A guest that has to be reset first is loaded, but not set going again. */
function checkResume({ summary }: FedStream, wasRunning: boolean, qemu: string): Failure | undefined {
  if (!summary || !needsReset(summary, qemu)) return undefined;
  const refused = say(RESET_REQUIRED, qemu);
  return wasRunning && refused ? qmpFails("cont", refused) : { stage: "load", outcome: "unknown" };
}

/** Bytes a pipe holds, and those that QEMU reads at once. */
const PIPE = 64 << 10;
const READ_AHEAD = 32 << 10;

/** With memory devices the blocks are others. */
function memoryOf({ memoryKiB, memoryDevices }: DomainXml): { ramBytes?: number } {
  return memoryKiB === null || memoryDevices.length > 0 ? {} : { ramBytes: memoryKiB * 1024 };
}

/** A stream that is given to QEMU without decompression, whatever it is. */
function streamAsItIs({ kind, first, stream }: SavePayloadFacts): FedStream | undefined {
  if (kind === "qevm") return stream && { first, ...stream };
  return { bytes: first.length, first };
}

/** Programs whose messages have an empty line in front. */
const BEGIN_A_LINE: readonly string[] = ["gzip", "bzip2"];

/** The same of a stream by itself, and of one in an image. */
const BEHIND_THE_END: readonly string[] = ["DATA_ENDS_WITH_STREAM", "SAVE_TRAILING_BYTES"];

/** QEMU was content, but the program that fed it was not. */
function checkProgram(
  command: readonly string[],
  { problem, stream }: SavePayloadFacts,
  rules: LibvirtRules,
): Failure | undefined {
  // libvirt waits for the program before it closes its own end of the pipe, which nobody reads any more.
  const left = stream?.findings.find(({ rule }) => BEHIND_THE_END.includes(rule))?.args.length ?? 0;
  if (Number(left) > PIPE + READ_AHEAD) return { stage: "decompress", outcome: "hangs" };
  if (Number(left) > PIPE) return { stage: "decompress", outcome: "unknown" };
  if (!rules.decompressorStatus || problem === undefined || problem.status === 0) return undefined;
  if (problem.status === null) return { stage: "decompress", outcome: "unknown" };
  const [program = ""] = command;
  const text = BEGIN_A_LINE.includes(program) ? `\n${problem.text}` : problem.text;
  const said = problem.text === "" ? "" : `: ${text}`;
  const error = `internal error: Child process (${command.join(" ")}) unexpected exit status ${problem.status}${said}`;
  return { stage: "decompress", outcome: "fails", error };
}
