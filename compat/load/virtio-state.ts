/** A queue as virtio_save() writes it. */
export interface VirtQueueState {
  /** Entries that it is set to. */
  readonly size: number;
  /** The guest has told where it is. */
  readonly inUse: boolean;
}

/** The part of a virtio device's state that all kinds of them begin with. */
export interface VirtioState {
  readonly transport: "pci" | "mmio";
  /** The driver's word for how far it is. */
  readonly status: number;
  /** Features that the driver took, the lower 32 of them. */
  readonly features: number;
  readonly queues: readonly VirtQueueState[];
}

const PCI_CONFIG = 256;
const PCIE_CONFIG = 4096;
const IRQ_STATE = 16;
const MOST_QUEUES = 1024;
const LARGEST_QUEUE = 32768;
const LARGEST_CONFIG = 4096;

/**
 * Reads it, whatever the device is plugged into: what stands in front of it is of one of few lengths. Undefined where it is
 * nothing of the kind.
 *
 * Origin: QEMU hw/virtio/virtio.c, virtio_save(), 5.2 to 11.1.
 */
export function readVirtioState(payload: Uint8Array): VirtioState | undefined {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return behindPci(view, PCI_CONFIG) ?? behindPci(view, PCIE_CONFIG) ?? common(view, 0, "mmio", false);
}

/** Version, configuration space, interrupt lines, and the table of MSI-X where the device has it. */
function behindPci(view: DataView, configLength: number): VirtioState | undefined {
  const config = 4;
  const end = config + configLength + IRQ_STATE;
  if (view.byteLength < end || view.getInt32(0) < 0 || view.getInt32(0) > 2) return undefined;
  for (let at = config + configLength; at < end; at += 4) if (view.getUint32(at) > 1) return undefined;
  const vectors = msixVectors(view, config);
  if (vectors === 0) return common(view, end, "pci", false);
  return common(view, end + vectors * 16 + Math.ceil(vectors / 8) + 2, "pci", true);
}

/** From the list of capabilities in PCI configuration space. */
function msixVectors(view: DataView, config: number): number {
  const hasList = (view.getUint8(config + 6) & 0x10) !== 0;
  let next = hasList ? view.getUint8(config + 0x34) & 0xfc : 0;
  for (let i = 0; i < 48 && next >= 0x40; i++) {
    if (view.getUint8(config + next) === 0x11) return (view.getUint16(config + next + 2, true) & 0x7ff) + 1;
    next = view.getUint8(config + next + 1) & 0xfc;
  }
  return 0;
}

function common(
  view: DataView,
  start: number,
  transport: VirtioState["transport"],
  hasVectors: boolean,
): VirtioState | undefined {
  const fits = (at: number, length: number) => at + length <= view.byteLength;
  if (!fits(start, 12)) return undefined;
  const status = view.getUint8(start);
  const features = view.getUint32(start + 4);
  const configLength = view.getUint32(start + 8);
  const counted = start + 12 + configLength;
  if (configLength > LARGEST_CONFIG || !fits(counted, 4) || view.getUint16(start + 2) >= MOST_QUEUES)
    return undefined;
  const count = view.getUint32(counted);
  const length = 4 + (transport === "mmio" ? 4 : 0) + 8 + 2 + (hasVectors ? 2 : 0);
  if (count === 0 || count > MOST_QUEUES || !fits(counted + 4, count * length)) return undefined;
  const queues: VirtQueueState[] = [];
  for (let i = 0; i < count; i++) {
    const at = counted + 4 + i * length;
    const size = view.getUint32(at);
    if (size === 0 || size > LARGEST_QUEUE) return undefined;
    const desc = at + (transport === "mmio" ? 8 : 4);
    queues.push({ size, inUse: view.getUint32(desc) !== 0 || view.getUint32(desc + 4) !== 0 });
  }
  return { transport, status, features, queues };
}
