export { capabilitiesOf } from "./implied.ts";
export { PeerError } from "./peer-error.ts";
export type { PeerPart, ReadPeer } from "./peer-part.ts";
export { joinParts, MOST_TEXT, partFromText, peerFromName, peerFromReplies, peerFromText } from "./read.ts";
export { INVENTORY_COMMANDS, type InventoryCommand } from "./replies.ts";
export { partFromVersion } from "./version.ts";
