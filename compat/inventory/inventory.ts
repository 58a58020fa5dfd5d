import type { PeerStatement } from "../check/scenario.ts";
import { capabilityFindings } from "./contradicted-capabilities.ts";
import { machineFindings } from "./contradicted-machines.ts";
import { parameterFindings, settingsOf } from "./contradicted-parameters.ts";
import { inventoryFinding } from "./finding.ts";
import { parametersOf } from "./implied.ts";
import { listed } from "./names.ts";
import type { PeerPart } from "./peer-part.ts";
import { type Replies, repliesOf } from "./replies.ts";
import { partFromNumbers } from "./version.ts";

/** A peer by the answers that its monitor gave. */
export function partFromReplies(name: string, inventory: Readonly<Record<string, unknown>>): PeerPart {
  const replies = repliesOf(name, inventory);
  const { major, minor, micro } = replies.version.qemu;
  const base = partFromNumbers(name, [major, minor, micro], replies.version.package.trim());
  const qemu = base.told.qemu ?? "";
  const { capabilities, parameters, machines } = replies;
  const on = capabilities?.filter(({ state }) => state).map(({ capability }) => capability) ?? [];
  const set = settingsOf(qemu, parameters ?? {});
  const findings = [
    ...base.findings,
    ...incomplete(replies),
    ...capabilityFindings(
      qemu,
      capabilities?.map(({ capability }) => capability),
    ),
    ...(on.length > 0 ? [inventoryFinding("INVENTORY_CAPABILITY_SET", "note", { names: listed(on) })] : []),
    ...parameterFindings(qemu, parameters),
    ...machineFindings(qemu, namesOf(machines)),
  ];
  const told = {
    ...base.told,
    ...(on.length > 0 && { capabilities: Object.fromEntries(on.map((each) => [each, true])) }),
    ...(Object.keys(set).length > 0 && { parameters: set }),
    states: statementOf(qemu, replies),
  };
  return { name, source: "inventory", told, findings };
}

function statementOf(qemu: string, { capabilities, parameters, machines }: Replies): PeerStatement {
  const unsaid = [...parametersOf(qemu).values()].filter(isUnsaid).map((parameter) => parameter.name);
  return {
    ...(capabilities && { capabilities: capabilities.map(({ capability }) => capability) }),
    ...(parameters && { parameters: [...new Set([...Object.keys(parameters), ...unsaid])] }),
    ...(machines && { machines: namesOf(machines) ?? [] }),
  };
}

/** query-migrate-parameters leaves out what is not set. */
function isUnsaid({ default: standard }: { readonly default: unknown }): boolean {
  return standard === null;
}

function namesOf(machines: Replies["machines"]): readonly string[] | undefined {
  return machines?.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias]));
}

function incomplete({ capabilities, parameters, machines }: Replies) {
  const missing = [
    ...(capabilities ? [] : ["query-migrate-capabilities"]),
    ...(parameters ? [] : ["query-migrate-parameters"]),
    ...(machines ? [] : ["query-machines"]),
  ];
  return missing.length > 0
    ? [inventoryFinding("INVENTORY_INCOMPLETE", "note", { missing: listed(missing) })]
    : [];
}
