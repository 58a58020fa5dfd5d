import type { Fact } from "../../../facts/fact.ts";
import {
  NET_USO_OF_8_1,
  RNG_VECTORS,
  UNCORRECTABLE_MASK_OF_PC_7_2,
} from "../../../facts/qemu/errata/errata-devices.ts";
import {
  IGNORE_SHARED_DIALECT_OF_4_0,
  MAPPED_RAM_WITH_SHARED,
} from "../../../facts/qemu/errata/errata-files.ts";
import { MULTIFD_DEVICE_STATE_ZERO_COPY } from "../../../facts/qemu/errata/errata-multifd.ts";
import { SNAPSHOT_POPULATES_TOO_LITTLE } from "../../../facts/qemu/errata/errata-source.ts";
import type { Erratum } from "../../../facts/qemu/errata/erratum.ts";
import { isOfOrBefore } from "../../../peers/main-channel/machine-type.ts";
import type { End, Pair } from "../../end.ts";
import { devicesOf } from "./devices-of.ts";

/** What of a scenario brings an erratum out. */
export interface ErratumTrigger {
  readonly erratum: readonly Fact<Erratum>[];
  /** The erratum shows between an affected release and one that is not. */
  readonly betweenReleases?: boolean;
  readonly meets: (pair: Pair) => boolean;
  /** It shows whatever else there is; otherwise it is only warned of. */
  readonly always?: boolean;
}

/** Errata that a scenario can show and no other factor judges. */
export const ERRATA_TRIGGERS: readonly ErratumTrigger[] = [
  {
    erratum: RNG_VECTORS,
    betweenReleases: true,
    meets: ({ source }) => isOfOrBefore(source.peer.machine, "7.1") && hasRngWithVectors(source),
    always: true,
  },
  {
    erratum: UNCORRECTABLE_MASK_OF_PC_7_2,
    betweenReleases: true,
    meets: ({ source }) =>
      isOfOrBefore(source.peer.machine, "7.2") && has(source, /^(?:e1000e|igb|pcie-root-port|ioh3420)$/),
    always: true,
  },
  {
    erratum: NET_USO_OF_8_1,
    meets: ({ source, destination }) =>
      isOf(source, "8.1") && destination.version.startsWith("8.1") && has(source, /^virtio-net-pci/),
  },
  {
    erratum: IGNORE_SHARED_DIALECT_OF_4_0,
    betweenReleases: true,
    meets: ({ source, destination }) => source.has("x-ignore-shared") && destination.has("x-ignore-shared"),
  },
  {
    erratum: MAPPED_RAM_WITH_SHARED,
    meets: ({ source }) => source.has("mapped-ram") && source.has("x-ignore-shared"),
  },
  {
    erratum: MULTIFD_DEVICE_STATE_ZERO_COPY,
    meets: ({ source }) => source.has("multifd") && source.has("zero-copy-send") && has(source, /^vfio-/),
  },
  {
    erratum: SNAPSHOT_POPULATES_TOO_LITTLE,
    meets: ({ source }) => source.has("background-snapshot") && has(source, /^virtio-mem-/),
  },
];

function has(end: End, drivers: RegExp): boolean {
  return devicesOf(end).some(({ driver }) => drivers.test(driver));
}

function hasRngWithVectors(end: End): boolean {
  return devicesOf(end).some(
    ({ driver, device }) => driver.startsWith("virtio-rng-pci") && device.properties?.vectors === undefined,
  );
}

function isOf({ peer: { machine } }: End, version: string): boolean {
  return typeof machine === "string" && machine.endsWith(`-${version}`);
}
