import { BEHIND_BRIDGES, FIRST_SLOTS } from "../../../facts/qemu/devices/places.ts";
import type { End } from "../../end.ts";
import type { ScenarioDevice } from "../../scenario.ts";
import { forMachine } from "./machine.ts";

/** As `-device` takes it: slot and function are hexadecimal. */
const ADDRESS = /^(?:0x)?([0-9a-f]{1,2})(?:\.([0-7]))?$/i;
const SLOTS = 32;
/** The buses of the machine itself. */
const OWN_BUSES: ReadonlySet<unknown> = new Set([undefined, "pci.0", "pcie.0"]);

interface Bus {
  readonly path: string;
  readonly taken: Set<number>;
}

/** Gives PCI devices their places, in the order in which QEMU makes them. */
export interface Places {
  /** `0000:00:02.0`; undefined where it cannot be told. */
  take(device: ScenarioDevice): string | undefined;
}

export function placesOf(end: End): Places {
  const first = forMachine(end, end.value(FIRST_SLOTS));
  const bridges = end.value(BEHIND_BRIDGES);
  const own: Bus | undefined = first && { path: "0000:00:", taken: upTo(first.taken) };
  const behind = new Map<string, Bus>();
  return {
    take(device) {
      const bus = device.properties?.bus;
      const on = OWN_BUSES.has(bus) ? own : typeof bus === "string" ? behind.get(bus) : undefined;
      const at = on && slotOn(on, device.addr);
      if (!on || at === undefined) return undefined;
      const path = `${on.path}${at}`;
      const from = device.id === undefined ? undefined : ownValue(bridges, device.driver);
      if (device.id !== undefined && from !== undefined)
        behind.set(device.id, { path: `${path}:`, taken: upTo(from - 1) });
      return path;
    },
  };
}

function slotOn({ taken }: Bus, addr: ScenarioDevice["addr"]): string | undefined {
  if (addr === undefined) {
    let slot = 0;
    while (taken.has(slot)) slot++;
    if (slot >= SLOTS) return undefined;
    taken.add(slot);
    return named(slot, 0);
  }
  const [, slot, fn = "0"] = ADDRESS.exec(String(addr)) ?? [];
  if (slot === undefined) return undefined;
  const number = Number.parseInt(slot, 16);
  taken.add(number);
  return number < SLOTS ? named(number, Number(fn)) : undefined;
}

function named(slot: number, fn: number): string {
  return `${slot.toString(16).padStart(2, "0")}.${fn}`;
}

function upTo(last: number): Set<number> {
  const slots = new Set<number>();
  for (let slot = 0; slot <= last; slot++) slots.add(slot);
  return slots;
}

/** What an object has under a name, if that is its own. */
export function ownValue<T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}
