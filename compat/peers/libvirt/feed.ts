import type { SavePayloadFacts } from "./image-facts.ts";
import type { OpenedImage } from "./open.ts";
import type { LibvirtRules } from "./rules.ts";

const SPARSE = 6;
const LZOP = 4;

/** How the payload comes to QEMU. */
export type Feed =
  | { readonly how: "file" | "pipe" | "mapped" }
  /** What a program makes of the payload comes through a pipe. */
  | { readonly how: "program"; readonly command: readonly string[] }
  | { readonly how: "no-such-format" };

/** How a release gives the payload of an image to QEMU. */
export function feedOf({ version, format }: OpenedImage, rules: LibvirtRules): Feed {
  const program = rules.programs.find(({ number }) => number === format);
  if (program && program.number === SPARSE) return { how: "mapped" };
  if (version !== 2 || rules.decompresses === undefined) return { how: rules.rawFeed };
  if (rules.decompresses === "inverted")
    return format === 0 ? { how: "program", command: [""] } : program ? { how: rules.rawFeed } : NO_FORMAT;
  if (format === 0) return { how: rules.rawFeed };
  if (!program) return NO_FORMAT;
  const more = format === LZOP && rules.lzopIgnoresWarnings ? ["--ignore-warn"] : [];
  return { how: "program", command: [...program.command, ...more] };
}

const NO_FORMAT: Feed = { how: "no-such-format" };

/** What a program makes of a payload: `nothing` when it is not for it, undefined when that is not known. */
export function outputOf(
  [program = ""]: readonly string[],
  { kind, problem, stream }: SavePayloadFacts,
): "nothing" | NonNullable<SavePayloadFacts["stream"]> | undefined {
  if (program === "" || kind === "empty") return "nothing";
  if (kind !== program && !(program === "zstd" && READ_BY_ZSTD.includes(kind))) return "nothing";
  if (!stream) return problem?.status === undefined || problem.status === null ? undefined : "nothing";
  return stream.bytes === 0 ? "nothing" : stream;
}

/** zstd as Debian builds it reads these too. */
const READ_BY_ZSTD: readonly string[] = ["gzip", "xz"];
