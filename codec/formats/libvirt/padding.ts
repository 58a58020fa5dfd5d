/** How many zeros a release puts between the last NUL and the stream. */
export type PaddingRule =
  | { readonly kind: "none" }
  /** Up to the next multiple, counted from the start of the file; none where the text ends on one. */
  | { readonly kind: "align"; readonly to: number }
  /** As many, and then up to the next multiple; a whole one where they end on one. */
  | { readonly kind: "at-least"; readonly bytes: number; readonly to: number }
  | { readonly kind: "exactly"; readonly bytes: number };

export interface PaddingEra {
  readonly since: string;
  /** Last release; `null` where it still holds. */
  readonly until: string | null;
  readonly rule: PaddingRule;
  readonly evidence: string;
}

/** Every rule there was. An image keeps its length when its XML is edited, so that of an edited one fits none. */
export const PADDING: readonly PaddingEra[] = [
  {
    since: "0.3.2",
    until: "0.8.0",
    rule: { kind: "none" },
    evidence: "libvirt commit 024252d3e3",
  },
  {
    since: "0.8.1",
    until: "0.8.1",
    rule: { kind: "align", to: 512 },
    evidence: "libvirt commit 93e0b3c8d6",
  },
  {
    since: "0.8.2",
    until: "0.9.3",
    rule: { kind: "align", to: 4096 },
    evidence: "libvirt commits 20206a4bc9, 322b1fd44b",
  },
  {
    since: "0.9.4",
    until: "1.0.0",
    rule: { kind: "at-least", bytes: 1024, to: 4096 },
    evidence: "libvirt commit 0ea479f8f6",
  },
  {
    since: "1.0.1",
    until: "6.2.0",
    rule: { kind: "none" },
    evidence: "libvirt commit fb58f8e2a4, which lost the padding by mistake",
  },
  {
    since: "6.3.0",
    until: null,
    rule: { kind: "exactly", bytes: 65536 },
    evidence: "libvirt commit c4ccb0d0ce; seen in images of 7.0.0, 9.0.0, 11.3.0 and 12.8.0",
  },
];

/** Zeros that a rule puts behind text that ends at an offset of the file. */
export function paddingFor(rule: PaddingRule, textEnd: number): number {
  switch (rule.kind) {
    case "none":
      return 0;
    case "align":
      return (rule.to - (textEnd % rule.to)) % rule.to;
    case "at-least":
      return rule.bytes + rule.to - ((textEnd + rule.bytes) % rule.to);
    case "exactly":
      return rule.bytes;
  }
}
