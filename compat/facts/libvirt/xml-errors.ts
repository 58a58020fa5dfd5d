import type { ErrorText } from "../error-text.ts";
import type { Fact } from "../fact.ts";

/** The beginning of a complaint of the XML parser, with the document's name. */
export const XML_PARSER_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/document",
    claim: "A text that is no XML is told with its name and line.",
    value: { template: "(domain_definition):%d: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    until: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0: xml-complaints" }],
  },
];

/** The same of the cookie. */
export const XML_COOKIE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/cookie",
    claim: "A cookie that is no XML is told with its line.",
    value: { template: "(save cookie):%d: %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    until: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0: observed-cases, more-cases" }],
  },
];

/** The same with the line alone. */
export const XML_LINE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/line",
    claim: "A text that is no XML is told with its line.",
    value: { template: "at line %d: %s", to: "error" },
    since: { after: "9.0.0", atLatest: "11.3.0" },
    evidence: [{ kind: "run", of: "11.3.0, 12.8.0: xml-complaints" }],
  },
];

/** The text for an element that is missing. */
export const XML_ELEMENT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/element",
    claim: "An element that has to be there is missing.",
    value: { template: "XML does not contain expected '%s' element", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    until: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "7.0.0: observed-cases, more-cases" }],
  },
];

/** The text for another root element than expected. */
export const XML_ROOT_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/root/unexpected",
    claim: "The root element must be the expected one.",
    value: { template: "unexpected root element <%s>, expecting <%s>", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    until: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "7.0.0: more-cases" }],
  },
  {
    id: "libvirt/errors/xml/root/expecting",
    claim: "It is worded otherwise.",
    value: { template: "expecting root element of '%s', not '%s'", to: "error" },
    since: { after: "7.0.0", atLatest: "9.0.0" },
    evidence: [{ kind: "run", of: "9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a name that cannot be a file's. */
export const XML_SLASH_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/name-form",
    claim: "A name may not have a slash.",
    value: { template: "name %s cannot contain '/'", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a domain without an OS type. */
export const XML_OS_TYPE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/os-type",
    claim: "An OS type has to be told.",
    value: { template: "an os <type> must be specified", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a domain without a size of memory. */
export const XML_MEMORY_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/memory",
    claim: "A size of memory has to be told.",
    value: {
      template: "Memory size must be specified via <memory> or in the <numa> configuration",
      to: "error",
    },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a value of an element that cannot be. */
export const XML_VALUE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/value",
    claim: "A value must be of the right kind.",
    value: { template: "Invalid value '%s' for element or attribute '%s'", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a word that an attribute does not take. */
export const XML_ATTRIBUTE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/attribute",
    claim: "A word must be one of those that there are.",
    value: { template: "Invalid %s attribute '%s'", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for CPUs that are not there. */
export const XML_NUMA_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/numa",
    claim: "NUMA cells may only have CPUs that there are.",
    value: { template: "CPU IDs in <numa> exceed the <vcpu> count", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a bus that an input device cannot have. */
export const XML_BUS_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/bus",
    claim: "An input device must have a bus that there is.",
    value: { template: "unsupported input bus %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0: more-cases" }],
  },
];

/** The text for a domain without a name. */
export const XML_NAME_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/name",
    claim: "A domain needs a name.",
    value: { template: "missing name information", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a UUID that is none. */
export const XML_UUID_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/uuid",
    claim: "A UUID must be one.",
    value: { template: "malformed uuid element", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a domain without a type. */
export const XML_TYPE_MISSING_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/type-missing",
    claim: "A domain needs a type.",
    value: { template: "missing domain type attribute", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for a type that is not known. */
export const XML_TYPE_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/type",
    claim: "The type must be known.",
    value: { template: "invalid domain type %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];

/** The text for an architecture that is not known. */
export const XML_ARCH_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "libvirt/errors/xml/arch",
    claim: "The architecture must be known.",
    value: { template: "Unknown architecture %s", to: "error" },
    since: { after: "0.3.2", atLatest: "7.0.0" },
    evidence: [{ kind: "run", of: "7.0.0, 9.0.0, 11.3.0, 12.8.0: more-cases" }],
  },
];
