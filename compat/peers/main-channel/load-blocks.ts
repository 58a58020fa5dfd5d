import type { Steps } from "../../../codec/layout/index.ts";
import * as texts from "../../facts/qemu/ram/blocks.ts";
import { refusal, refuse, unsure } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number, number64 } from "../qemu-file.ts";
import type { Load, LoadFailure } from "./load.ts";

const SECTOR = 512n;
const DEVICE_BLOCK = 1;
const EOS = 2;
const PROGRESS = 4;

/** A part of the `block` section, up to its end mark. Disks are not kept: a part with some is not told. */
export function* loadBlocks(load: Load): Steps<LoadFailure | undefined> {
  const { file, host } = load;
  while (true) {
    const flags = Number((yield* number64(file, "BlockRecord.word")) % SECTOR);
    if (flags & DEVICE_BLOCK) {
      const length = yield* number(file, 1, "BlockRecord.deviceLength");
      const device = terminated(yield* bytes(file, length, "BlockRecord.device"));
      if (host.peer.nodes?.some((node) => node.device === device))
        return unsure(file, "the blocks of a disk are not modelled");
      return refuse(load, file, "EINVAL", texts.DISK_UNKNOWN, device);
    }
    if (!(flags & PROGRESS) && !(flags & EOS))
      return refuse(load, file, "EINVAL", texts.BLOCK_FLAGS_UNKNOWN, flags);
    if (file.error) return refusal(file, "EIO");
    if (flags & EOS) return undefined;
  }
}
