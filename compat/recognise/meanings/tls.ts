import type { Meaning } from "./meaning.ts";

/** TLS. */
export const TLS_MEANINGS: readonly Meaning[] = [
  {
    subjects: ["qemu/tls"],
    side: "either",
    stage: "connect",
    meaning:
      "The two sides could not agree on TLS: one speaks it and the other does not, or certificates do not fit.",
    causes: [
      "tls-creds is set on one side only.",
      "The certificate has expired, is for another host name, or of another authority.",
    ],
    remedies: ["Set tls-creds on both sides, and tls-hostname to the name in the destination's certificate."],
    values: [["reason"], ["reason", "errno"]],
  },
  {
    subjects: ["qemu/tls-errors"],
    side: "either",
    stage: "connect",
    meaning: "The parameter tls-creds does not name credentials that this side can use.",
    causes: [
      "The object was not created here, or has another id.",
      "It is of the wrong endpoint: a source needs client, a destination server credentials.",
      "The address has no host name that a certificate could be checked against.",
    ],
    remedies: [
      "Create it before migrate: object-add with qom-type tls-creds-x509, the right endpoint, and the id that tls-creds names.",
      "Set tls-hostname to the name in the destination's certificate; or empty tls-creds on both sides to go without TLS.",
    ],
    values: [["id or endpoint"]],
  },
];
