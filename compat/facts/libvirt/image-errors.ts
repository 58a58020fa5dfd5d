import type { ErrorText } from "../error-text.ts";
import type { Fact } from "../fact.ts";

/** The text for a header that is cut. */
export const HEADER_READ_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/header-read",
    claim: "A file that ends within the header is refused.",
    value: { template: "failed to read qemu header", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for the magic of an unfinished image. */
export const INCOMPLETE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/incomplete",
    claim: "An image that was never finished is refused.",
    value: { template: "save image is incomplete", to: "error" },
    since: { after: "0.9.4", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for anything else than an image. */
export const MAGIC_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/magic",
    claim: "A file that begins otherwise is refused.",
    value: { template: "image magic is incorrect", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for an image that is too new. */
export const VERSION_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/version",
    claim: "An image of a newer version is refused.",
    value: { template: "image version is not supported (%d > %d)", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a compression that is not known, where the header is checked. */
export const FORMAT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/format/header",
    claim: "A format that is not known is refused with the header.",
    value: { template: "unsupported save image format: %d", to: "error" },
    since: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [{ kind: "run", of: "11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a compression that is not known, where it is needed. */
export const COMPRESSION_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/format/start",
    claim: "A format that is not known is refused when the payload is to be read.",
    value: { template: "Invalid compressed save format %d", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    until: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0: observed-cases, more-cases" }],
  },
];

/** The text for a cookie that is cut. */
export const COOKIE_READ_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cookie-read",
    claim: "A file that ends within the cookie is refused.",
    value: { template: "failed to read cookie", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a cookie that lies beyond the data. */
export const COOKIE_OFFSET_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/cookie-offset",
    claim: "A cookie that lies beyond the data is refused.",
    value: { template: "invalid save image header: cookie offset exceeds data length", to: "error" },
    since: { after: "11.3.0", atLatest: "12.8.0" },
    evidence: [{ kind: "run", of: "12.8.0: observed-cases, more-cases" }],
  },
];

/** The text for a decompressor that fails. */
export const CHILD_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/child",
    claim: "A program that ends badly fails the restore.",
    value: { template: "Child process (%s) unexpected exit status %d: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: observed-cases, more-cases" }],
  },
];
