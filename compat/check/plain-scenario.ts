import { findRelease } from "../releases.ts";
import { MODES, type Scenario, TRANSPORTS } from "./scenario.ts";
import { isShallow } from "./shallow.ts";

/** Texts and lists of this length, and no more settings and levels than that; the schema sees to what has more. */
const MOST = 4096;
const MOST_SETTINGS = 100;
const DEEPEST = 8;
const MOST_CPUS = 65_536;
const MOST_MIB = 2 ** 33;

type Is = (value: unknown) => boolean;
type Members = ReadonlyMap<string, Is>;

const isText: Is = (value) => typeof value === "string";
const isName: Is = (value) => typeof value === "string" && value.length <= MOST;
const isOneOf =
  (words: readonly string[]): Is =>
  (value) =>
    words.includes(value as string);
const isCount =
  (least: number, most: number): Is =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isList =
  (element: Is): Is =>
  (value) =>
    Array.isArray(value) && value.length <= MOST && value.every(element);
const isSetting: Is = (value) => isName(value) || typeof value === "boolean" || Number.isFinite(value);

const isSlot = isCount(0, Number.MAX_SAFE_INTEGER);
const DEVICE: Members = new Map([
  ["driver", isName],
  ["addr", (value) => isName(value) || isSlot(value)],
  ["id", isName],
  ["properties", isRecordOf(isSetting)],
]);
const BITMAP: Members = new Map([
  ["node", isName],
  ["name", isName],
]);
const PEER: Members = new Map([
  ["qemu", (value) => typeof value === "string" && findRelease("qemu", value) !== undefined],
  ["build", isName],
  ["machine", isName],
  ["capabilities", isRecordOf((value) => typeof value === "boolean")],
  ["parameters", isRecordOf((value) => value !== undefined && isShallow(value, DEEPEST))],
  ["cpus", isCount(1, MOST_CPUS)],
  ["memoryMiB", isCount(1, MOST_MIB)],
  ["uuid", isName],
  ["devices", isList(isStruct(DEVICE, ["driver"]))],
  ["bitmaps", isList(isStruct(BITMAP, ["node", "name"]))],
  ["nodes", isList(isName)],
]);
const isPeer = isStruct(PEER, ["qemu"]);
const SCENARIO: Members = new Map([
  ["id", isText],
  ["source", isPeer],
  ["destination", isPeer],
  ["transport", isOneOf(TRANSPORTS)],
  ["mode", isOneOf(MODES)],
  ["workload", isText],
]);

/**
 * Whether a document is a scenario as it stands: the schema would take it, and change nothing but leave out what no scenario
 * has. Most of many are, and this tells it in a tenth of the time; of the others the schema tells what is wrong with them.
 */
export function isPlainScenario(json: unknown): json is Scenario {
  if (!isObject(json) || !Object.hasOwn(json, "source") || !Object.hasOwn(json, "destination")) return false;
  for (const [name, is] of SCENARIO) if (Object.hasOwn(json, name) && !is(json[name])) return false;
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** An object of these members and no others. */
function isStruct(members: Members, required: readonly string[]): Is {
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) if (!members.get(name)?.(value[name])) return false;
    return required.every((name) => Object.hasOwn(value, name));
  };
}

/** An object of any names; `__proto__` is one that a copy might take for something else. */
function isRecordOf(is: Is): Is {
  return (value) => {
    if (!isObject(value)) return false;
    let count = 0;
    for (const name in value)
      if (++count > MOST_SETTINGS || name.length > MOST || name === "__proto__" || !is(value[name]))
        return false;
    return true;
  };
}
