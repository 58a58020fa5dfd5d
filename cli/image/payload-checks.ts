import type { SaveImage } from "../../codec/formats/libvirt/save-events.ts";
import { COMPRESSIONS, type Compression, type Finding, type PayloadKind } from "../../codec/index.ts";
import { hexText } from "../../codec/layout/index.ts";

/** How a payload is read, and what its first bytes say against the header. */
export interface PayloadLook {
  readonly format: Compression | null;
  readonly findings: readonly Finding[];
}

/** The first bytes are believed rather than the header. Where they say nothing, what the header says is tried. */
export function lookAtPayload(
  { compression, payloadOffset: offset }: SaveImage,
  kind: PayloadKind,
  first: Uint8Array,
): PayloadLook {
  const declared = COMPRESSIONS.find((name) => name === compression) ?? null;
  const expected = compression ?? "an unknown format";
  const finding = (rule: Finding["rule"], args: Finding["args"]): Finding => ({
    rule,
    level: "error",
    subject: "",
    offset,
    args,
  });
  switch (kind) {
    case "empty":
      return { format: null, findings: [finding("SAVE_PAYLOAD_PRESENT", { expected })] };
    case "unknown": {
      const found = `0x${hexText(first.subarray(0, 8))}`;
      return { format: declared, findings: [finding("SAVE_PAYLOAD_KNOWN", { expected, found })] };
    }
    default: {
      const format = kind === "qevm" ? null : kind;
      const agrees = compression === null || format === declared;
      const findings = agrees ? [] : [finding("SAVE_PAYLOAD_FORMAT_AGREES", { expected, found: kind })];
      return { format, findings };
    }
  }
}
