import { type Command, InvalidArgumentError, Option } from "commander";

/** Options that both ends have: plain for both, with `source-` or `destination-` in front for one of them. */
const ENDS = ["", "source-", "destination-"] as const;

/** What was given for one end, or for both. */
export interface EndOptions {
  readonly machine?: string;
  readonly cap?: readonly string[];
  readonly param?: readonly string[];
  readonly memory?: number;
  readonly cpus?: number;
  readonly uuid?: string;
  readonly device?: readonly string[];
}

interface EndOption {
  readonly name: keyof EndOptions;
  readonly value: string;
  readonly told: string;
  /** How the value is written. */
  readonly how?: string;
  readonly parse?: (text: string, before: unknown) => unknown;
}

const OPTIONS: readonly EndOption[] = [
  { name: "machine", value: "<type>", told: "machine type" },
  { name: "cap", value: "<name[=off]>", told: "capability", parse: gather },
  {
    name: "param",
    value: "<name=value>",
    told: "parameter",
    how: "a list or an object as JSON",
    parse: gather,
  },
  { name: "memory", value: "<MiB>", told: "main memory", parse: count },
  { name: "cpus", value: "<number>", told: "virtual CPUs", parse: count },
  { name: "uuid", value: "<uuid>", told: "UUID of the guest" },
  { name: "device", value: "<driver[,addr=5]>", told: "device", how: "as -device has it", parse: whole },
];

const WHOSE = { "": "of both ends", "source-": "of the source", "destination-": "of the destination" };

/** Adds the options of both ends to a verb. */
export function addEndOptions(verb: Command): Command {
  for (const end of ENDS)
    for (const { name, value, told, how, parse } of OPTIONS) {
      const words = `${told} ${WHOSE[end]}${how === undefined ? "" : `; ${how}`}`;
      const option = new Option(`--${end}${name} ${value}`, words);
      verb.addOption(parse ? option.argParser<unknown>(parse) : option);
    }
  return verb;
}

/** The options of one end among all. */
export function endOptions(options: Readonly<Record<string, unknown>>, end: "source" | "destination") {
  const own = OPTIONS.flatMap(({ name }) => {
    const [both, one] = [options[name], options[`${end}${name[0]?.toUpperCase()}${name.slice(1)}`]];
    if (Array.isArray(both) && Array.isArray(one)) return [[name, [...both, ...one]]];
    return one === undefined && both === undefined ? [] : [[name, one ?? both]];
  });
  return Object.fromEntries(own) as EndOptions;
}

/** An option that may be given several times, or with commas. */
function gather(text: string, before: unknown): readonly string[] {
  return [...(Array.isArray(before) ? before : []), ...(/[[{]/.test(text) ? [text] : text.split(","))];
}

/** An option that may be given several times, in which commas mean something. */
function whole(text: string, before: unknown): readonly string[] {
  return [...(Array.isArray(before) ? before : []), text];
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("not a number above 0.");
}
