import { valueAt } from "../../facts/fact.ts";
import {
  RESUME_HANDSHAKE_FAILED,
  RESUME_PREPARE_FAILED,
} from "../../facts/qemu/return-path/source-errors.ts";
import { ERROR_DESC_ALWAYS, RECOVERY_NOTICES } from "../../facts/qemu/return-path/source-states.ts";
import { postcopyEndings } from "./postcopy.ts";
import { type Departure, type Source, waiting } from "./state.ts";
import { channelError, type Ending, type Endings, ending, paused, words } from "./words.ts";

const FAILED = -1;

/** Where a source is or ends that was told to recover a paused postcopy. */
export function recoveryEndings(source: Source): Endings {
  const { left, resumed, bitmaps, blocks, peer } = source;
  const complete = !blocks || bitmaps >= blocks.size;
  if (!left) return [ending(waiting(source), null, [])];
  if (resumed && complete) return postcopyEndings(source);
  if (resumed) return [ahead(source, left)];
  const [text = null] = left.how === "refused" ? left.texts : [];
  if (!valueAt(RECOVERY_NOTICES, peer.version, "later")) return [ending("postcopy-recover", null, [text])];
  if (left.how === "shut") return [ending("postcopy-recover", null, [])];
  const told = text ?? channelError(source);
  const preparing = paused(source, told, [words(source, RESUME_PREPARE_FAILED, FAILED)], false);
  const handshake = paused(source, told, [words(source, RESUME_HANDSHAKE_FAILED, FAILED)], false);
  return complete ? [handshake, preparing] : [preparing, handshake];
}

/** The acknowledgement came before all bitmaps: the source is in postcopy, but waits for those, and so for ever. */
function ahead(source: Source, left: Departure): Ending {
  const latent = valueAt(ERROR_DESC_ALWAYS, source.peer.version, "later") !== undefined;
  const [text = null] = left.how === "refused" ? left.texts : [];
  if (!latent) return ending("postcopy-active", null, [text]);
  return ending("postcopy-active", left.how === "end" ? channelError(source) : text, []);
}
