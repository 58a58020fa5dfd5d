import type { Infer } from "../../layout/index.ts";
import type { Finding, FindingRule, Level } from "../finding.ts";
import { type ByteOrder, LIKELY_DATA_LENGTH } from "./save-byte-order.ts";
import { SAVE_FORMATS } from "./save-events.ts";
import { SAVE_VERSION, type SaveHeader } from "./save-header.ts";
import { SAMPLE, shown } from "./save-state.ts";

type Header = Infer<typeof SaveHeader>;

/** Where the numbers of a header are, and what of it no release gives a meaning to. */
const OFFSETS = {
  version: 16,
  dataLength: 20,
  wasRunning: 24,
  format: 28,
  cookieOffset: 32,
  unused: 36,
} as const;

const WORDS = { le: "little-endian", be: "big-endian" } as const;

/** What is to be said of the numbers in a header. `room` is how many bytes follow it, if that is known. */
export function checkHeader(
  header: Header,
  order: ByteOrder,
  room = Number.POSITIVE_INFINITY,
  base = 0,
): readonly Finding[] {
  const findings: Finding[] = [];
  const tell = (name: keyof typeof OFFSETS, rule: FindingRule, level: Level, args: Finding["args"]) =>
    findings.push({ rule, level, subject: `SaveHeader.${name}`, offset: base + OFFSETS[name], args });
  const { version, wasRunning, format } = header;

  if (version > SAVE_VERSION)
    tell("version", "SAVE_VERSION_SUPPORTED", "error", { expected: "1 or 2", found: version });
  if (version === 0)
    tell("version", "SAVE_VERSION_SUPPORTED", "warning", { expected: "1 or 2", found: version });
  if (order.endian === "be")
    tell("version", "SAVE_HEADER_NATIVE", "note", { expected: WORDS.le, found: WORDS.be });
  const [foreign] = order.foreign;
  if (foreign !== undefined) {
    const expected = WORDS[order.endian];
    const other = WORDS[order.endian === "le" ? "be" : "le"];
    const what = order.foreign.join(", ");
    tell(foreign, "SAVE_BYTE_ORDER_CONSISTENT", "error", { what, expected, found: other });
  }
  const length = lengthProblem(header, room);
  if (length)
    tell("dataLength", "SAVE_DATA_LENGTH_SOUND", length.level, {
      expected: length.expected,
      found: header.dataLength,
    });
  if (wasRunning > 1)
    tell("wasRunning", "SAVE_WAS_RUNNING_BOOLEAN", "note", { expected: "0 or 1", found: wasRunning });
  const known = version < SAVE_VERSION ? format === 0 : format < SAVE_FORMATS.length;
  if (!known) {
    const expected = version < SAVE_VERSION ? "0 in version 0 or 1" : `0 to ${SAVE_FORMATS.length - 1}`;
    const level = version < SAVE_VERSION ? "note" : "error";
    tell("format", "SAVE_FORMAT_KNOWN", level, { expected, found: format });
  }
  if (header.dataLength > 0 && header.cookieOffset > header.dataLength)
    tell("cookieOffset", "SAVE_COOKIE_OFFSET_SOUND", "error", {
      expected: `at most ${header.dataLength}, the length of XML and cookie`,
      found: header.cookieOffset,
    });
  const { unused } = header.$extra ?? {};
  const odd = unused?.findIndex((byte) => byte !== 0) ?? -1;
  if (unused && odd >= 0) {
    const found = shown(unused.subarray(odd, odd + SAMPLE));
    const offset = base + OFFSETS.unused + odd;
    const args = { expected: "zeros", found };
    findings.push({
      rule: "SAVE_RESERVED_ZERO",
      level: "warning",
      subject: "SaveHeader.unused",
      offset,
      args,
    });
  }
  return findings;
}

/**
 * What is wrong with the length. One that is likely but goes beyond the input is not: then the input was cut, which its
 * end tells better.
 */
function lengthProblem(
  { dataLength }: Header,
  room: number,
): { readonly level: Level; readonly expected: string } | undefined {
  if (dataLength === 0) return { level: "error", expected: "the bytes of the XML and its NUL at least" };
  if (dataLength <= LIKELY_DATA_LENGTH) return undefined;
  if (dataLength > room) return { level: "error", expected: `at most ${room}, as the file ends there` };
  return { level: "warning", expected: `at most ${LIKELY_DATA_LENGTH} of a guest that exists` };
}
