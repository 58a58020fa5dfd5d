import type { ScenarioDevice } from "../../scenario.ts";

/** A device as the option `-device` has it, and as messages about it begin. */
export function optionOf({ driver, id, addr, properties = {} }: ScenarioDevice): string {
  const parts = [driver];
  if (id !== undefined) parts.push(`id=${id}`);
  if (addr !== undefined) parts.push(`addr=${addr}`);
  for (const [name, value] of Object.entries(properties)) parts.push(`${name}=${spelled(value)}`);
  return parts.join(",");
}

function spelled(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
}
