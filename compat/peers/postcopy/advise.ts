import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import {
  ADVISE_EMPTY,
  ADVISE_LENGTH,
  ADVISE_NEEDS_CAPABILITY,
  ADVISE_NOT_EMPTY,
  ADVISE_PAGE_SIZES,
  ADVISE_STATE,
  ADVISE_TARGET_PAGE,
} from "../../facts/qemu/postcopy/postcopy-errors.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable } from "../peer.ts";
import { number64, type QemuFile } from "../qemu-file.ts";
import { stateNumber, stateSeen } from "./postcopy-state.ts";
import { refuse } from "./refuse.ts";

/** POSTCOPY_ADVISE. The state changes before anything is looked at. */
export function* readAdvise(load: Load, file: QemuFile, length: number): Steps<LoadFailure | undefined> {
  const { peer } = load.host;
  const before = load.postcopy;
  load.postcopy = "advise";
  if (before !== "none")
    return refuse(load, file, "EPERM", ADVISE_STATE, stateNumber(stateSeen(load, before)));
  const ram = capable(peer, "postcopy-ram");
  const capability = valueAt(ADVISE_NEEDS_CAPABILITY, peer.version, "later");
  if (capability === "unread" && !ram) return undefined;
  if (capability === "checked") {
    if (length === 0) return ram ? refuse(load, file, "EINVAL", ADVISE_EMPTY) : undefined;
    if (length !== 16) return refuse(load, file, "EINVAL", ADVISE_LENGTH, length);
    if (!ram) return refuse(load, file, "EINVAL", ADVISE_NOT_EMPTY);
  }
  return yield* readPageSizes(load, file);
}

function* readPageSizes(load: Load, file: QemuFile): Steps<LoadFailure | undefined> {
  const sizes = yield* number64(file, "AdvisePayload.pageSizes");
  const own = Object.values(load.host.peer.pageSizes ?? {}).reduce(
    (all, size) => all | BigInt(size),
    BigInt(PAGE_SIZE),
  );
  if (sizes !== own) return refuse(load, file, "EPERM", ADVISE_PAGE_SIZES, shownAs(load, sizes), own);
  const target = yield* number64(file, "AdvisePayload.targetPageSize");
  if (target !== BigInt(PAGE_SIZE))
    return refuse(load, file, "EPERM", ADVISE_TARGET_PAGE, Number(BigInt.asIntN(32, target)), PAGE_SIZE);
  return undefined;
}

/** Where the text says %d, QEMU casts the number to an int. */
function shownAs(load: Load, value: bigint): bigint {
  const template = valueAt(ADVISE_PAGE_SIZES, load.host.peer.version, "later")?.template;
  return template?.includes("s=%d") ? BigInt.asIntN(32, value) : value;
}
