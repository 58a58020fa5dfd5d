import type { Factor } from "../../factor.ts";
import type { CheckWordings } from "../../wording.ts";
import { compressedPagesUnderstood } from "./compressed-pages-understood.ts";
import { configurationCapabilitiesAlike } from "./configuration-capabilities-alike.ts";
import { multifdChannelsAlike } from "./multifd-channels-alike.ts";
import { multifdCompressionAlike } from "./multifd-compression-alike.ts";
import { multifdMainChannelFirst } from "./multifd-main-channel-first.ts";
import { multifdOnBothSides } from "./multifd-on-both-sides.ts";
import { multifdPacketsAlike } from "./multifd-packets-alike.ts";
import { multifdRoundsKept } from "./multifd-rounds-kept.ts";
import { multifdSyncPagesKept } from "./multifd-sync-pages-kept.ts";
import { multifdUuidAlike } from "./multifd-uuid-alike.ts";
import { multifdZeroPacketsMarked } from "./multifd-zero-packets-marked.ts";
import { multifdZeroPagesUnderstood } from "./multifd-zero-pages-understood.ts";
import { switchoverAckOnBothSides } from "./switchover-ack-on-both-sides.ts";
import { tlsOnBothSides } from "./tls-on-both-sides.ts";
import { uuidAlike } from "./uuid-alike.ts";
import { CHANNEL_WORDINGS } from "./wording-channels.ts";
import { PAGE_WORDINGS } from "./wording-pages.ts";
import { STREAM_WORDINGS } from "./wording-stream.ts";
import { zeroCopyOverTcp } from "./zero-copy-over-tcp.ts";

/** What both sides have to agree on, or understand of each other, on the wire. */
export const WIRE_FACTORS: readonly Factor[] = [
  tlsOnBothSides,
  zeroCopyOverTcp,
  multifdOnBothSides,
  multifdPacketsAlike,
  multifdUuidAlike,
  multifdChannelsAlike,
  multifdMainChannelFirst,
  configurationCapabilitiesAlike,
  uuidAlike,
  switchoverAckOnBothSides,
  compressedPagesUnderstood,
  multifdCompressionAlike,
  multifdSyncPagesKept,
  multifdZeroPacketsMarked,
  multifdZeroPagesUnderstood,
  multifdRoundsKept,
];

export const WIRE_WORDINGS: CheckWordings = { ...CHANNEL_WORDINGS, ...STREAM_WORDINGS, ...PAGE_WORDINGS };
