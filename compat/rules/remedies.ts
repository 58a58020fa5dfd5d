import type { Remedy } from "./rule.ts";

/** What to do about it, as a sentence. */
export const REMEDIES: Readonly<Record<Remedy, string>> = {
  "both-ends": "Open its gate only when both ends have it, as the gate library does: see docs/features.md.",
  capability:
    "Put it behind a new capability, set at both ends: an old peer refuses the capability before anything is sent.",
  "parameter-off":
    "Put it behind a parameter whose default is off, and let it be set only when both ends have it.",
  "compat-property":
    "Put it behind a property that older machine types turn off, so that no machine type of a released peer sends it.",
  "distinct-magic": "Mark it with a magic of its own: every release refuses a magic that it does not know.",
  "transport-keepalive":
    "Leave the wire as it is: TCP keepalive finds a dead connection without a message of the protocol.",
  order: "Keep to the order, and the states, in which released peers expect it.",
  "reserved-space":
    "Put the field into reserved bytes that readers ignore, and leave every other where it is.",
  "new-message": "Leave the message as it is and make a new one, which is gated.",
  peek: "Let the receiver peek at the first bytes of each channel to tell them apart: nothing new is sent.",
};
