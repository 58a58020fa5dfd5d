import type { Factor } from "../../factor.ts";
import { counterparts } from "./counterpart.ts";
import { tells } from "./problem.ts";

export const devicesUnused: Factor = {
  rule: "DEVICES_UNUSED",
  purpose: "Checks that the destination has no device that the source has not.",
  reference: "migration/savevm.c, qemu_loadvm_state_main(): nothing asks for state that does not come",
  find: (pair) =>
    counterparts(pair).unused.map(({ driver, place = "" }) => tells("note", { driver, place }, [])),
};
