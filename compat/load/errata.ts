import type { StateDescription } from "../../codec/index.ts";
import { chapterAt, type Fact, valueAt } from "../facts/fact.ts";
import { RNG_VECTORS, UNCORRECTABLE_MASK_OF_PC_7_2 } from "../facts/qemu/errata/errata-devices.ts";
import type { Erratum } from "../facts/qemu/errata/erratum.ts";
import { isOfOrBefore } from "../peers/main-channel/machine-type.ts";

/** A device of the stream. */
interface SeenDevice {
  readonly state: string;
  readonly isExpress: boolean;
  readonly machine: string | undefined;
}

interface Concern {
  readonly erratum: readonly Fact<Erratum>[];
  concerns(device: SeenDevice): boolean;
}

const CONCERNS: readonly Concern[] = [
  {
    erratum: UNCORRECTABLE_MASK_OF_PC_7_2,
    concerns: ({ isExpress, machine }) => isExpress && isOfOrBefore(machine, "7.2"),
  },
  {
    erratum: RNG_VECTORS,
    concerns: ({ state, machine }) => state === "virtio-rng" && isOfOrBefore(machine, "7.1"),
  },
];

/** A mistake of the destination's release that a device would meet, unless the source makes it as well. */
export function erratumOf(device: SeenDevice, qemu: string): Fact<Erratum> | undefined {
  const met = CONCERNS.find((each) => valueAt(each.erratum, qemu, "later") && each.concerns(device));
  return met && chapterAt(met.erratum, qemu, "later");
}

const EXPRESS_CONFIG = 4096;

/** Whether a device's state begins with the configuration space of PCI Express. */
export function isExpress({ fields }: StateDescription): boolean {
  return fields.some(
    ({ name, size, struct }) =>
      (size === EXPRESS_CONFIG && name.startsWith("config")) ||
      (struct?.name === "PCIDevice" && isExpress(struct)),
  );
}
