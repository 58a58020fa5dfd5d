import * as z from "zod";
import { hexBytes } from "../../codec/layout/index.ts";
import { type ReplayCase, replayCase } from "../../compat/replay/case.ts";
import { CLEAN, type ExitStatus, FAILED, FINDINGS } from "../exit.ts";
import { eachLine } from "../json-lines.ts";
import type { Output } from "../output.ts";
import { answerDocument } from "./answer-document.ts";

const MOST_CONNECTIONS = 65_536;

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
  await eachLine(name, answer);
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
