import { isHarm, type Rule, stopsIn } from "./rule.ts";

export const multifdPacketVersionKept: Rule = {
  id: "MULTIFD_PACKET_VERSION_KEPT",
  purpose: "Checks that multifd packets keep the version that every release compares for equality.",
  promise: "BITSTREAM",
  level: "error",
  reference: "migration/multifd.c, multifd_recv_initial_packet() and multifd_recv_unfill_packet()",
  witness: "newer-multifd-init",
  remedies: ["reserved-space", "capability", "compat-property"],
  isBroken: (observed) =>
    observed.change.kind === "packet" && isHarm(observed.outcome) && stopsIn(observed, "version"),
};
