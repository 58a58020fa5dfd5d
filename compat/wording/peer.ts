import type { Wordings } from "./phrases.ts";

/** Of what a released peer would do with the bytes. */
export const peer = {
  PEER_ACCEPTS: [
    ({ peer, said, exit }) =>
      `${peer} does not take this${said === "" ? "" : ` and says “${said}”`}${Number(exit) < 0 ? `: it dies of signal ${-Number(exit)}` : ""}`,
    "Do not point this at such a host. What it stops at is at the offset; decode and hex show what the sender meant there.",
  ],
  PEER_ANSWERS_MONITOR: [
    ({ peer }) => `${peer} waits in its main loop: it answers no QMP command until the other side closes`,
    "The guest's management sees a hung QEMU. End the connection from the other side.",
  ],
  PEER_JUDGES_DEVICES: [
    ({ count, peer }) =>
      `what is inside the ${count} device states was not judged: ${peer} may refuse a value, a subsection or a version of them`,
    "A release may also lack a device of this guest, or have it elsewhere.",
  ],
  PEER_KEEPS_BITMAPS: [
    ({ peer, why }) => `${peer} calls this completed without the dirty bitmaps: ${why}`,
    "Neither side reports an error. Give the destination the nodes and aliases that the stream names, or take a full backup afterwards.",
  ],
  PEER_KEEPS_MEMORY: [
    ({ peer, why }) => `${peer} calls this completed with memory that is not the guest's: ${why}`,
    "Neither side reports an error. Set zero-page-detection=legacy on the source, or a machine type up to 8.2.",
  ],
  PEER_KNOWS_CAPABILITIES: [
    ({ peer, capabilities }) =>
      `${peer} has no such capability: ${capabilities}. It was given the bytes without`,
    "Setting it is refused on such a host, so that this migration cannot be set up there as it was.",
  ],
  PEER_MODELLED: [
    ({ peer, why }) => `what ${peer} does is not known: ${why}`,
    "No recorded run and no source settles this. Try it on a host of that release before you rely on it.",
  ],
  PEER_REFUSAL_NOTICED: [
    ({ peer }) =>
      `the source may call this migration completed although ${peer} refuses it: without a return path nothing tells it, and the guest is lost`,
    "Set the capability return-path on the source: then the refusal makes the migration fail, and the guest goes on there.",
  ],
} satisfies Wordings;
