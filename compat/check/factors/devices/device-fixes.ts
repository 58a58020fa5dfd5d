import { type ScenarioChange, withChanges } from "../../change.ts";
import { pairOf } from "../../end.ts";
import { type Ear, earOf } from "../../endings/ear.ts";
import { heard } from "../../fixes.ts";
import type { Scenario, ScenarioDevice } from "../../scenario.ts";
import { largeQueues } from "./large-queues.ts";

const TELLS: ReadonlySet<Ear> = new Set(["hears", "postcopy"]);

/** The devices of the destination, those of one driver with queues of another size. */
export function largerQueues(
  { destination }: Scenario,
  driver: string,
  sizedBy: string,
  size: unknown,
): readonly ScenarioChange[] {
  return [{ end: "destination", devices: sized(destination.devices ?? [], driver, sizedBy, Number(size)) }];
}

/**
 * The devices of the source on the destination too, with queues that take what is sent; nothing where the guest would be lost
 * over those that cannot be made larger, without anybody to tell the source.
 */
export function devicesArrive(scenario: Scenario): readonly ScenarioChange[] {
  const { devices } = scenario.source;
  if (!devices) return [];
  const same: ScenarioChange = { end: "destination", devices };
  const large = largeQueues(pairOf(withChanges(scenario, [same])));
  const wide = large.reduce(
    (all, { device, sizedBy, sent }) => (sizedBy === "" ? all : sized(all, device.driver, sizedBy, sent)),
    devices,
  );
  const unsized = large.some(({ sizedBy, at }) => sizedBy === "" && at !== undefined);
  const arrive: ScenarioChange = { end: "destination", devices: wide };
  if (!unsized) return [arrive];
  const safeguard = heard(pairOf(scenario));
  return safeguard.length > 0 || TELLS.has(earOf(pairOf(scenario))) ? [arrive, ...safeguard] : [];
}

function sized(
  devices: readonly ScenarioDevice[],
  driver: string,
  sizedBy: string,
  size: number,
): readonly ScenarioDevice[] {
  return devices.map((device) =>
    device.driver === driver ? { ...device, properties: { ...device.properties, [sizedBy]: size } } : device,
  );
}
