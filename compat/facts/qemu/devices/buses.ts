import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** A bus that devices hang on, and the drivers that bring one. */
export interface BusNeed {
  readonly bus: string;
  /** What names of drivers on it begin with, or the names. */
  readonly drivers: readonly string[];
  readonly from: readonly string[];
}

/** Buses that controllers bring. */
export const NEEDED_BUSES: readonly Fact<readonly BusNeed[]>[] = [
  {
    id: "qemu/devices/buses/needed",
    claim: "A device on a bus needs a controller in front of it.",
    value: [
      {
        bus: "usb-bus",
        drivers: ["usb-"],
        from: [
          "ich9-usb-ehci1",
          "ich9-usb-ehci2",
          "ich9-usb-uhci1",
          "ich9-usb-uhci2",
          "ich9-usb-uhci3",
          "ich9-usb-uhci4",
          "ich9-usb-uhci5",
          "ich9-usb-uhci6",
          "nec-usb-xhci",
          "pci-ohci",
          "piix3-usb-uhci",
          "piix4-usb-uhci",
          "qemu-xhci",
          "usb-ehci",
          "vt82c686b-usb-uhci",
        ],
      },
      {
        bus: "SCSI",
        drivers: ["scsi-"],
        from: [
          "am53c974",
          "dc390",
          "lsi",
          "lsi53c810",
          "lsi53c895a",
          "megasas",
          "megasas-gen2",
          "mptsas1068",
          "pvscsi",
          "usb-bot",
          "usb-uas",
          "virtio-scsi",
          "virtio-scsi-pci",
          "virtio-scsi-pci-non-transitional",
          "virtio-scsi-pci-transitional",
        ],
      },
      {
        bus: "virtio-serial-bus",
        drivers: ["virtconsole", "virtserialport"],
        from: [
          "virtio-serial",
          "virtio-serial-pci",
          "virtio-serial-pci-non-transitional",
          "virtio-serial-pci-transitional",
        ],
      },
      { bus: "HDA", drivers: ["hda-"], from: ["ich9-intel-hda", "intel-hda"] },
      { bus: "ccid-bus", drivers: ["ccid-card-"], from: ["usb-ccid"] },
    ],
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: a process with the device alone" }],
  },
];

/** The refusal of a device without its bus. */
export const BUS_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/buses/missing",
    claim: "QEMU does not start with a device for which there is no bus.",
    value: { template: "-device %s: No '%s' bus found for device '%s'", to: "stderr" },
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
  },
];

/** The refusal of a place that is taken. */
export const SLOT_TAKEN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/devices/buses/slot-taken/driver",
    claim: "QEMU does not start with two devices in one place, and names the driver of the first.",
    value: {
      template: "-device %s: PCI: slot %d function %d not available for %s, in use by %s",
      to: "stderr",
    },
    since: { after: "2.4", atLatest: "5.2" },
    until: "7.0",
    evidence: [{ kind: "run", of: "5.2.0" }],
  },
  {
    id: "qemu/devices/buses/slot-taken/id",
    claim: "It names the id of the first as well.",
    value: {
      template: "-device %s: PCI: slot %d function %d not available for %s, in use by %s,id=%s",
      to: "stderr",
    },
    since: "7.0",
    evidence: [
      { kind: "source", where: "7.0.0: hw/pci/pci.c, do_pci_register_device(); not in 6.2.0" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];
