import { InvalidArgumentError, Option } from "commander";
import { FORMATS } from "./kind.ts";

/** What most verbs read. */
export const INPUT =
  "stream, save image, qcow2, capture (pcap, pcapng) or the files of a migration's channels; - or nothing for stdin";
/** What verbs read that take one input only. */
export const ONE_INPUT =
  "stream, save image, qcow2, capture (pcap, pcapng) or file of one channel, plain or compressed; - or nothing for stdin";
export const asFormat = () =>
  new Option("--as-format <format>", "what the input is, whatever it begins like").choices(FORMATS);
export const helperTimeout = () =>
  new Option(
    "--helper-timeout <seconds>",
    "end a program that decompresses when it gives nothing for so long",
  ).argParser(seconds);
/** The name of stdin. */
export const STDIN = "-";

/** Bytes, with the suffixes QEMU takes for `file:PATH,offset=`. */
export function size(text: string): number {
  const match = /^(0x[0-9a-f]+|\d+)([kmgt]?)$/i.exec(text);
  const value = Number(match?.[1]) * 1024 ** " kmgt".indexOf(match?.[2]?.toLowerCase() || " ");
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("not a size in bytes.");
}

/** A number of seconds above 0. */
function seconds(text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("not a number of seconds.");
}

/** Options that may be given several times. */
export function gather(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** A whole number. */
export function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("not a number.");
}
