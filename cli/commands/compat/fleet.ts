import { type FleetReport, reportOn } from "../../../compat/fleet/fleet.ts";
import { FleetError } from "../../../compat/fleet/inventory.ts";
import { WantedError } from "../../../compat/negotiate/wanted.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../../exit.ts";
import { fleetDocument } from "../../fleet/document.ts";
import { readFleet } from "../../fleet/read.ts";
import { fleetText } from "../../fleet/text.ts";
import type { Output } from "../../output.ts";
import { printable } from "../../printable.ts";

export interface FleetOptions {
  readonly json?: boolean;
}

/** Hosts and VMs: which moves are safe, in which order to upgrade, and what pins a host. */
export async function fleet(file: string, { json }: FleetOptions, output: Output): Promise<ExitStatus> {
  const report = await reported(file);
  output.out(json ? `${JSON.stringify(fleetDocument(report))}\n` : fleetText(report, output));
  return report.pinned.length + report.upgrade.stuck.length > 0 ? FINDINGS : CLEAN;
}

async function reported(file: string): Promise<FleetReport> {
  const { fleet: told, inventories } = await readFleet(file);
  try {
    return reportOn(told, inventories);
  } catch (error) {
    if (error instanceof WantedError || error instanceof FleetError)
      throw new UsageError(`${printable(file)}: ${printable(error.message)}`);
    throw error;
  }
}
