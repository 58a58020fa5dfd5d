import { VIRTIO_IDS } from "../../../facts/qemu/devices/virtio.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { earOf } from "../../endings/ear.ts";
import type { Factor, Problem } from "../../factor.ts";
import { configRefused, generationOf } from "./config-space.ts";
import { counterparts } from "./counterpart.ts";
import type { PlacedDevice } from "./devices-of.ts";
import { ends, NOTHING, notKnown, stateRefused } from "./problem.ts";

export const deviceModelsAgree: Factor = {
  rule: "DEVICE_MODELS_AGREE",
  purpose: "Checks that devices which send the same section are the same model on both sides.",
  reference: "hw/pci/pci.c, get_pci_config_device()",
  find: (pair) =>
    counterparts(pair).sent.flatMap(([device, other]) =>
      other && other.driver !== device.driver ? difference(pair, device, other) : NOTHING,
    ),
};

/** The guest does not see by which of its names a virtio device of one generation was made. */
function difference(pair: Pair, device: PlacedDevice, other: PlacedDevice): readonly Problem[] {
  const [sent, own] = [generationOf(device), generationOf(other)];
  const same = sent.base === own.base;
  if (same && sent.generation !== undefined && sent.generation === own.generation) return NOTHING;
  const { driver: source, place = "" } = device;
  const args = { source, destination: other.driver, place, certain: true, ear: earOf(pair) };
  const refused = same ? configRefused(pair, device, other) : undefined;
  if (refused)
    return [ends("switchover", stateRefused(pair, refused), args, chaptersFor(pair.destination, VIRTIO_IDS))];
  const problem = ends("switchover", notKnown(pair), { ...args, certain: false }, []);
  return [{ ...problem, level: "warning" }];
}
