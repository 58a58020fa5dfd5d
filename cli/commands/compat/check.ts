import { check as checkScenario } from "../../../compat/check/check.ts";
import { judge } from "../../../compat/check/judge.ts";
import { parseScenario, ScenarioError } from "../../../compat/check/parse.ts";
import type { Scenario } from "../../../compat/check/scenario.ts";
import { isSafe, type Verdict } from "../../../compat/check/verdict.ts";
import { bitmapOf } from "../../check/bitmap-options.ts";
import { endOptions } from "../../check/end-options.ts";
import { withOptions } from "../../check/peer-options.ts";
import { verdictText } from "../../check/verdict-text.ts";
import { CLEAN, type ExitStatus, FAILED, FINDINGS, UsageError } from "../../exit.ts";
import { eachLine, lineWriter } from "../../json-lines.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";
import { peerFromArgument } from "../../qmp/peer-argument.ts";
import { readText } from "../../text-file.ts";

export interface CheckOptions extends Readonly<Record<string, unknown>> {
  readonly from?: string;
  readonly to?: string;
  readonly transport?: string;
  readonly mode?: string;
  readonly bitmap?: readonly string[];
  readonly node?: readonly string[];
  readonly workload?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  /** Off with --no-observations. */
  readonly observations: boolean;
}

/** May these two migrate? One scenario by options or from a file, or many, one a line. */
export async function check(
  file: string | undefined,
  options: CheckOptions,
  output: Output,
): Promise<ExitStatus> {
  const judged = options.observations ? judge : checkScenario;
  if (options.json && options.ndjson) throw new UsageError("--json or --ndjson: one of them");
  if (options.from !== undefined || options.to !== undefined) {
    if (file !== undefined) throw new UsageError("either --from and --to, or a file");
    const { scenario, findings } = await scenarioOf(options);
    const told = (one: Scenario) => withFindings(judged(one), findings);
    return tell([scenario], told, options, output);
  }
  refuseIdle(options);
  const { ndjson, json } = options;
  const isStdin = file === undefined || file === "-";
  if (ndjson || (isStdin && !json)) return answerLines(file ?? "-", judged, output);
  return tell(await scenariosIn(file ?? "-"), judged, options, output);
}

/** Options that describe an end do nothing to scenarios of a file. */
function refuseIdle({ from, to, observations, json, ndjson, ...others }: CheckOptions): void {
  const [idle] = Object.keys(others).filter((name) => others[name] !== undefined);
  if (idle === undefined) return;
  const name = idle.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(
    `--${name} goes with --from and --to; scenarios of a file or of stdin have it in them`,
  );
}

/** A scenario that is none does not stop the others. */
async function answerLines(
  name: string,
  judged: (scenario: Scenario) => Verdict,
  output: Output,
): Promise<ExitStatus> {
  let status: ExitStatus = CLEAN;
  let count = 0;
  const { line: write, flush } = lineWriter(output);
  const answer = (text: string) => {
    const verdict = answerLine(text, judged);
    write(verdict);
    count++;
    if ("error" in verdict) status = FAILED;
    else if (status === CLEAN) status = statusOf(verdict);
  };
  await eachLine(name, answer, flush);
  if (count === 0) throw new UsageError(`${printable(name)}: no scenario in it`);
  return status;
}

function answerLine(text: string, judged: (scenario: Scenario) => Verdict) {
  let json: unknown;
  try {
    json = JSON.parse(text);
    return judged(parseScenario(json));
  } catch (error) {
    const format = "migwire/verdict@1";
    if (error instanceof SyntaxError) return { format, error: "this line is no JSON" };
    if (!(error instanceof ScenarioError)) throw error;
    const id = typeof json === "object" && json !== null && "id" in json ? { id: json.id } : {};
    return { format, ...id, error: error.message };
  }
}

function tell(
  scenarios: readonly Scenario[],
  judged: (scenario: Scenario) => Verdict,
  { json, ndjson }: CheckOptions,
  output: Output,
): ExitStatus {
  const verdicts = scenarios.map((scenario) => ({ scenario, verdict: judged(scenario) }));
  const documents = verdicts.map(({ verdict }) => verdict);
  if (ndjson) for (const verdict of documents) output.out(`${JSON.stringify(verdict)}\n`);
  else if (json)
    output.out(`${JSON.stringify(scenarios.length === 1 ? documents[0] : documents, null, 2)}\n`);
  else output.out(verdicts.map(({ scenario, verdict }) => verdictText(scenario, verdict, output)).join("\n"));
  return documents.some((verdict) => statusOf(verdict) === FINDINGS) ? FINDINGS : CLEAN;
}

function statusOf(verdict: Verdict): ExitStatus {
  return isSafe(verdict) ? CLEAN : FINDINGS;
}

/** A scenario by options, and what contradicts itself in how its ends are described. */
async function scenarioOf(options: CheckOptions) {
  const { from, to, transport, mode, bitmap = [], node = [], workload } = options;
  if (from === undefined || to === undefined)
    throw new UsageError("--from and --to: a scenario has two ends");
  const ends = { source: await peerFromArgument(from), destination: await peerFromArgument(to) };
  const source = withOptions(ends.source.peer, endOptions(options, "source"));
  const destination = withOptions(ends.destination.peer, endOptions(options, "destination"));
  const scenario = parsed("--from, --to", {
    source: { ...source, ...(bitmap.length === 0 ? {} : { bitmaps: bitmap.map(bitmapOf) }) },
    destination: { ...destination, ...(node.length === 0 ? {} : { nodes: node }) },
    ...(transport === undefined ? {} : { transport }),
    ...(mode === undefined ? {} : { mode }),
    ...(workload === undefined ? {} : { workload }),
  });
  return { scenario, findings: [...ends.source.findings, ...ends.destination.findings] };
}

function withFindings(verdict: Verdict, findings: Verdict["findings"]): Verdict {
  return { ...verdict, findings: [...verdict.findings, ...findings] };
}

/** More is to come line by line. */
const MOST_BYTES = 256 << 20;

async function scenariosIn(file: string): Promise<readonly Scenario[]> {
  const text = await readText(file, MOST_BYTES, "scenarios without --ndjson");
  const whole = jsonOf(text);
  const documents = Array.isArray(whole)
    ? whole
    : whole === undefined
      ? text
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line, i) => lineOf(line, i, file, text))
      : [whole];
  const name = printable(file);
  if (documents.length === 0) throw new UsageError(`${name}: no scenario in it`);
  return documents.map((document, i) =>
    parsed(documents.length === 1 ? name : `${name}, scenario ${i + 1}`, document),
  );
}

function lineOf(line: string, index: number, file: string, text: string): unknown {
  const json = jsonOf(line);
  if (json !== undefined) return json;
  const why = index === 0 ? faultOf(text) : faultOf(line);
  const where = index === 0 ? "" : `scenario ${index + 1}: `;
  throw new UsageError(`${printable(file)}: ${where}no JSON: ${why}`);
}

/** What the parser has to say of a text. */
function faultOf(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return error instanceof Error ? printable(error.message) : "";
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parsed(where: string, document: unknown): Scenario {
  try {
    return parseScenario(document);
  } catch (error) {
    if (error instanceof ScenarioError) throw new UsageError(`${where}: ${printable(error.message)}`);
    throw error;
  }
}
