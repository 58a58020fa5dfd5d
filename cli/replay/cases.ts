import * as z from "zod";
import { createByteBuilder } from "../../codec/layout/bytes.ts";
import { hexBytes } from "../../codec/layout/index.ts";
import { type ReplayCase, replayCase } from "../../compat/replay/case.ts";
import { CLEAN, type ExitStatus, FAILED, FINDINGS, UsageError } from "../exit.ts";
import { closeInput, openInput, readAll } from "../io.ts";
import type { Output } from "../output.ts";
import { answerDocument } from "./answer-document.ts";

/** Bytes of one case; hex takes two characters a byte. */
const LONGEST_LINE = 64 << 20;
const MOST_CONNECTIONS = 65_536;
const NEWLINE = 0x0a;

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

const Case = z.object({
  id: z.string().default(""),
  side: z.enum(["source", "destination"]),
  peer: z.string(),
  machine: z.string().exactOptional(),
  capabilities: z.record(z.string(), z.boolean()).exactOptional(),
  parameters: z.record(z.string(), z.unknown()).exactOptional(),
  transport: z.enum(["tcp", "unix", "file", "exec", "fd"]).exactOptional(),
  pageSizes: z
    .record(
      z.string(),
      z
        .number()
        .int()
        .positive()
        .max(2 ** 40),
    )
    .exactOptional(),
  uuid: z.string().exactOptional(),
  memoryMiB: z
    .number()
    .int()
    .positive()
    .max(2 ** 30)
    .exactOptional(),
  nodes: z
    .array(
      z.object({
        node: z.string(),
        device: z.string().exactOptional(),
        bitmaps: z.array(z.string()).exactOptional(),
        length: z.number().int().nonnegative().exactOptional(),
      }),
    )
    .exactOptional(),
  phase: z.enum(["precopy", "postcopy", "incoming"]),
  connections: z
    .array(z.object({ hex: z.string().regex(HEX), close: z.boolean().default(false) }))
    .max(MOST_CONNECTIONS),
});

/** Answers crafted cases, one a line on stdin, one a line on stdout. A case that is none does not stop the others. */
export async function answerCases(name: string, output: Output): Promise<ExitStatus> {
  let status: ExitStatus = CLEAN;
  const answer = (line: string) => {
    const told = answerLine(line);
    output.out(`${JSON.stringify(told)}\n`);
    if ("error" in told) status = FAILED;
    else if (!told.accepts && status === CLEAN) status = FINDINGS;
  };
  const lines = splitter(answer);
  const input = openInput(name, 0);
  try {
    await readAll(input, lines.push);
  } finally {
    closeInput(input);
  }
  lines.finish();
  return status;
}

function answerLine(line: string) {
  const failed = (id: string, error: string) => ({ format: "migwire/replay@1", id, error }) as const;
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return failed("", "this line is no JSON");
  }
  const parsed = Case.safeParse(json);
  const id =
    typeof json === "object" && json !== null && "id" in json && typeof json.id === "string" ? json.id : "";
  if (!parsed.success) return failed(id, z.prettifyError(parsed.error));
  try {
    return answerDocument(replayCase(caseOf(parsed.data)));
  } catch (error) {
    if (error instanceof RangeError) return failed(id, error.message);
    throw error;
  }
}

function caseOf({ connections, ...rest }: z.infer<typeof Case>): ReplayCase {
  return {
    ...rest,
    connections: connections.map(({ hex, close }) => ({ bytes: hexBytes(hex), close })),
  };
}

function splitter(line: (text: string) => void) {
  const decoder = new TextDecoder();
  let kept = createByteBuilder();
  const flush = () => {
    const text = decoder.decode(kept.view()).trim();
    kept = createByteBuilder();
    if (text !== "") line(text);
  };
  return {
    push(chunk: Uint8Array): void {
      let at = 0;
      for (let end = chunk.indexOf(NEWLINE, at); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
        kept.append(chunk.subarray(at, end));
        at = end + 1;
        flush();
      }
      kept.append(chunk.subarray(at));
      if (kept.length > LONGEST_LINE) throw new UsageError(`a case is longer than ${LONGEST_LINE} bytes`);
    },
    finish: flush,
  };
}
