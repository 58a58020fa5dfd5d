import type { ScenarioDevice, ScenarioPeer } from "../../compat/check/scenario.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import type { EndOptions } from "./end-options.ts";

/** A peer with what the options add to it, and put in the place of what it says itself. */
export function withOptions(peer: ScenarioPeer, options: EndOptions): ScenarioPeer {
  const { machine, cap, param, memory, cpus, uuid, device } = options;
  return {
    ...peer,
    ...(machine === undefined ? {} : { machine }),
    ...(memory === undefined ? {} : { memoryMiB: memory }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(uuid === undefined ? {} : { uuid }),
    ...(cap && { capabilities: { ...peer.capabilities, ...Object.fromEntries(cap.map(capabilityOf)) } }),
    ...(param && { parameters: { ...peer.parameters, ...Object.fromEntries(param.map(parameterOf)) } }),
    ...(device && { devices: [...(peer.devices ?? []), ...device.map(deviceOf)] }),
  };
}

function capabilityOf(text: string): [string, boolean] {
  const [name = "", value = "on", ...more] = text.split("=");
  if (name === "" || more.length > 0 || (value !== "on" && value !== "off"))
    throw new UsageError(`--cap ${printable(text)}: NAME, NAME=on or NAME=off`);
  return [name, value === "on"];
}

function parameterOf(text: string): [string, unknown] {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`--param ${printable(text)}: NAME=VALUE`);
  return [text.slice(0, at), settingOf(text.slice(at + 1), text)];
}

function settingOf(value: string, text: string): unknown {
  if (/^-?\d{1,15}$/.test(value)) return Number(value);
  if (value === "on" || value === "true") return true;
  if (value === "off" || value === "false") return false;
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new UsageError(`--param ${printable(text)}: no JSON behind the =`);
  }
}

function deviceOf(text: string): ScenarioDevice {
  const [driver = "", ...rest] = text.split(",");
  const given = Object.fromEntries(rest.map((each) => propertyOf(each, text)));
  const { addr, id, ...properties } = given;
  if (driver === "") throw new UsageError(`--device ${printable(text)}: DRIVER[,addr=SLOT][,NAME=VALUE]`);
  return {
    driver,
    ...(addr === undefined ? {} : { addr }),
    ...(id === undefined ? {} : { id }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

function propertyOf(each: string, text: string): [string, string] {
  const at = each.indexOf("=");
  if (at < 1) throw new UsageError(`--device ${printable(text)}: NAME=VALUE behind each comma`);
  return [each.slice(0, at), each.slice(at + 1)];
}
