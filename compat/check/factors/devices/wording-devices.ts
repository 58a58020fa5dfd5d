import { heard } from "../../fixes.ts";
import type { CheckWordings } from "../../wording.ts";
import { andHeard, asSeen, atBeginning } from "../../words.ts";
import { devicesArrive, largerQueues } from "./device-fixes.ts";

/** Of devices, their models and properties. */
export const DEVICES_WORDS: CheckWordings = {
  DEVICES_KNOWN: {
    message: ({ driver, release, since, exists }) =>
      since !== ""
        ? `QEMU ${release} does not start with the device ${driver}, which exists since ${since}.`
        : exists
          ? `QEMU ${release} does not start with the device ${driver}: this release does not have it, though others do.`
          : `QEMU ${release} does not start with the device ${driver}: no release is known that has a driver of this name.`,
    remedy: ({ driver, since, release, exists }) =>
      since !== ""
        ? `Give the guest another device than ${driver}, which means a restart, or use QEMU ${since} or later on this side.`
        : exists
          ? `Give the guest another device than ${driver}, which means a restart, or use a release that lists it in the output of qemu-system-x86_64 -device help.`
          : `Correct the name: qemu-system-x86_64 -device help lists those of QEMU ${release}.`,
  },
  DEVICE_NEEDS_MET: {
    message: ({ driver, what, name, release, side }) =>
      what === "bus"
        ? `QEMU ${release} on the ${side} does not start with ${driver}: no device in front of it brings a bus of the kind ${name}.`
        : `QEMU ${release} on the ${side} does not start with ${driver} unless its property ${name} is set${name === "audiodev" ? ", or QEMU may make its default devices (no -nodefaults)" : ""}.`,
    remedy: ({ driver, what, name, side }) =>
      what === "bus"
        ? `Give the ${side} the controller for ${driver}, in front of it and at the same address on both sides.`
        : `Set ${name} of ${driver} on the ${side}, as the guest was started with.`,
  },
  DEVICES_APART: {
    message: ({ driver, other, place, side }) =>
      `The ${side} does not start: ${driver} is to be at ${place}, where ${other} is.`,
    remedy: ({ driver }) =>
      `Give ${driver} the address that it has on the other side, or a free one where the guest is started anew.`,
  },
  DEVICES_DESCRIBED: {
    message: ({ driver, side }) =>
      `The device ${driver} of the ${side} is not among those whose state is known here: what it sends, and whether the destination takes it, is not judged.`,
    remedy: ({ driver }) =>
      `Compare what both releases know of ${driver}: run qemu-system-x86_64 -dump-vmstate FILE on both hosts with the machine type of the guest, and migwire vmstate diff on the two files.`,
  },
  DEVICES_MIGRATABLE: {
    message: ({ driver }) => `The source refuses to migrate: the state of ${driver} cannot be moved.`,
    remedy: ({ driver }) =>
      `Unplug ${driver} from the guest (device_del, once the guest has let go of it), migrate, and plug it in again.`,
  },
  DEVICES_PRESENT: {
    message: ({ driver, place, elsewhere, isThere, section, early, ear }) => {
      const name = place === "" ? driver : `${driver} at ${place}`;
      const where = !isThere
        ? "the destination does not have it"
        : elsewhere === "" || elsewhere === place
          ? "that of the destination does not take all of it"
          : `the destination has it at ${elsewhere}`;
      const sent = section === "" ? "" : ` Its section is ${section}.`;
      const seen = early ? atBeginning(ear) : asSeen(ear);
      return `${seen}the source sends the state of ${name}, and ${where}.${sent}`;
    },
    remedy: ({ driver, place, ear }) => {
      const at = place === "" ? "" : `,addr=${String(place).slice(String(place).lastIndexOf(":") + 1)}`;
      return andHeard(
        `Start the destination with -device ${driver}${at}, and all others, as the source has them now, hotplugged ones included.`,
        ear,
      );
    },
    fix: (_, scenario) => devicesArrive(scenario),
  },
  DEVICE_STATES_READABLE: {
    message: ({ driver, place, sent, own, newer, ear }) =>
      sent === ""
        ? `${asSeen(ear)}the state of ${driver}${place === "" ? "" : ` at ${place}`} is laid out otherwise in the source's release than the destination reads it, under the same version.`
        : `${asSeen(ear)}the state of ${driver}${place === "" ? "" : ` at ${place}`} has version ${sent} on the source, and the destination reads ${newer ? `none newer than ${own}` : `none older than ${own}`}.`,
    remedy: ({ driver, ear }) =>
      andHeard(
        `Unplug ${driver} from the guest before it is migrated, or migrate it to a release that reads this.`,
        ear,
      ),
  },
  DEVICES_UNUSED: {
    message: ({ driver, place }) =>
      `The destination has ${driver}${place === "" ? "" : ` at ${place}`}, which the source has not: it keeps the state it starts with, and the guest does not expect it.`,
    remedy: ({ driver }) =>
      `Start the destination without ${driver}, and plug it in after the migration if it is wanted.`,
  },
  DEVICE_MODELS_AGREE: {
    message: ({ source, destination, place, certain, ear }) =>
      certain
        ? `${asSeen(ear)}at ${place || "the same place"} the source has ${source} and the destination ${destination}, which the guest sees as different PCI devices.`
        : `At ${place || "the same place"} the source has ${source} and the destination ${destination}: both send the same section, but their configuration may differ, and then the destination refuses it.`,
    remedy: ({ source }) => `Start the destination with ${source} as well.`,
    fix: (_, scenario) => devicesArrive(scenario),
  },
  DEVICE_PROPERTIES_AGREE: {
    message: ({ driver, property, source, destination, certain, effect, ear }) => {
      const values = `${property} of ${driver} is ${source || "not set"} on the source and ${destination || "not set"} on the destination`;
      if (effect === "nothing") return `${values}; the guest does not see it.`;
      if (effect === "queues")
        return `${asSeen(ear)}${values}: the source has queues that the destination has not. A destination from 11.1 on refuses them always, an older one if the guest uses the feature.`;
      if (!certain)
        return `It is not known what comes of it: ${values}. Unless both come to the same value, the destination may refuse the device's state.`;
      return effect === "ram-block"
        ? `${atBeginning(ear)}${values}, so a RAM block has another size.`
        : effect === ""
          ? `${values}; what comes of it is not known.`
          : `${asSeen(ear)}${values}, which shows in PCI configuration space, and the destination refuses the device's state.`;
    },
    remedy: ({ property, driver, source, effect, ear }) => {
      if (effect === "nothing") return undefined;
      const same =
        source === ""
          ? `Start the destination with ${driver} without ${property}, or with the value that the source has.`
          : `Start the destination with ${property}=${source} on ${driver}.`;
      return effect === "ram-block" ? same : andHeard(same, ear);
    },
    fix: ({ effect }, scenario) => (effect === "nothing" ? [] : devicesArrive(scenario)),
  },
  VIRTQUEUES_FIT: {
    message: ({ driver, sent, own, ear }) =>
      `${asSeen(ear)}the source made the queues of ${driver} with ${sent} entries each, and the destination takes no more than ${own} and exits. Only a guest that chose a smaller size itself gets through.`,
    remedy: ({ driver, sent, sizedBy, ear }) => andHeard(withQueues(driver, sizedBy, sent), ear),
    fix: ({ driver, sent, sizedBy }, scenario, pair) =>
      sizedBy === "" ? heard(pair) : largerQueues(scenario, String(driver), String(sizedBy), sent),
  },
  VIRTQUEUES_SET_UP: {
    message: ({ driver, sent, own, ear }) =>
      `This completes only while the queues of ${driver} are as SeaBIOS left them. Once an operating system has taken the ${sent} entries that the source offers, the destination, which takes no more than ${own}, exits. ${asSeen(ear).replace(": ", ".")}`,
    remedy: ({ driver, sent, sizedBy, ear }) => andHeard(withQueues(driver, sizedBy, sent), ear),
    fix: ({ driver, sent, sizedBy }, scenario) =>
      sizedBy === "" ? [] : largerQueues(scenario, String(driver), String(sizedBy), sent),
  },
  ERRATA_AVOIDED: {
    message: ({ claim, trigger, release, side, certain, ear }) =>
      `${certain ? asSeen(ear) : ""}QEMU ${release} on the ${side} has a known mistake. ${claim} It shows with: ${trigger}`,
    remedy: ({ workaround, fixedIn, side, certain, ear }) => {
      const repaired =
        fixedIn === "" ? "No release is known that has a repair." : `It is repaired in QEMU ${fixedIn}.`;
      const around = String(workaround).charAt(0).toLowerCase() + String(workaround).slice(1);
      const known = workaround === "" ? repaired : `The way around it on the ${side}: ${around} ${repaired}`;
      return certain ? andHeard(known, ear) : known;
    },
    fix: ({ certain }, _, pair) => (certain ? heard(pair) : []),
  },
};

function withQueues(driver: unknown, sizedBy: unknown, sent: unknown): string {
  return sizedBy === ""
    ? `No property makes the queues of ${driver} larger on the destination: unplug it for the migration (device_del), or shut the guest down and start it on the destination's release.`
    : `Start the destination with ${driver},${sizedBy}=${sent}, so that its queues are as large; otherwise shut the guest down and start it on the destination's release.`;
}
