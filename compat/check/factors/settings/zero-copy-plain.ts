import type { Factor } from "../../factor.ts";
import { parameterProblems } from "./parameter-faults.ts";

export const zeroCopyPlain: Factor = {
  rule: "ZERO_COPY_PLAIN",
  purpose: "Checks that zero-copy-send is not set together with compression or TLS.",
  reference: "migration/options.c, migrate_params_check()",
  find: (pair) => parameterProblems(pair, "zero-copy"),
};
