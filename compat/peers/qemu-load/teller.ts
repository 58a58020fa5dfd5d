import type { StreamSummary } from "../../../codec/index.ts";
import { negative } from "../../errno.ts";
import { PART_FAILED, START_FAILED, STATE_FAILED } from "../../facts/qemu/stream/sections.ts";
import { createLoad } from "../main-channel/create-load.ts";
import { int32, within } from "../main-channel/failure.ts";
import type { Load, Refusal } from "../main-channel/load.ts";
import type { Host } from "../peer.ts";
import { refusal, report } from "../postcopy/refuse.ts";
import type { LoadingPeer } from "./load.ts";

/** Stands for what cannot be known. */
export const UNKNOWN = "…";

export type Section = StreamSummary["sections"][number];

/** Why a load fails; what is printed before, the load's host has. */
export interface Stop extends Pick<Refusal, "errno" | "reason"> {
  /** Some of it is not known; an ellipsis stands for it. */
  readonly partial?: true;
}

/** A load of the model's that reads nothing: it words what is known to stop it, as its release does. */
export interface Teller {
  readonly load: Load;
  readonly printed: readonly string[];
}

export function createTeller({ qemu, machine, mappedRam }: LoadingPeer): Teller {
  const printed: string[] = [];
  const host: Host = {
    peer: {
      product: "qemu",
      version: qemu,
      ...(machine === undefined ? {} : { machine }),
      capabilities: { "mapped-ram": mappedRam },
    },
    print: (line) => void printed.push(line),
    become: () => {},
    status: () => "active",
    reply: () => {},
  };
  return { load: createLoad(host), printed };
}

/** What stops it is known, but not in which words. */
export function partly(stop: Stop): Stop {
  return { ...stop, partial: true };
}

/** How a failure inside a section is passed on. */
export function inSection(load: Load, { kind, id, idstr, instance }: Section, failure: Refusal): Refusal {
  return kind === "part" || kind === "end"
    ? within(load, failure, PART_FAILED, int32(id), idstr)
    : within(load, failure, START_FAILED, instance, idstr);
}

/** A failure among the records of RAM. */
export function ramFailure(load: Load, section: Section, errno: "EIO" | "EINVAL", version = 4): Refusal {
  return inSection(
    load,
    section,
    refusal(load.file, errno, report(load, STATE_FAILED, version, negative(errno))),
  );
}

/** The same where it is not known what is printed before. */
export function ramFailsSomehow(load: Load, section: Section): Stop {
  load.host.print(UNKNOWN);
  return partly(ramFailure(load, section, "EINVAL"));
}
