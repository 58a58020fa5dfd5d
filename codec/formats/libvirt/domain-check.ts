import type { Finding, FindingRule, Level } from "../finding.ts";
import { refusalsOf } from "./domain-refusal.ts";
import type { DomainXml } from "./domain-xml.ts";
import type { SaveCookie } from "./save-cookie.ts";
import type { SaveImage, SaveText } from "./save-events.ts";
import type { XmlProblem } from "./xml-walk.ts";

/** Elements that a release writes into the cookie. */
const COOKIE_CHILDREN: readonly string[] = ["cpu", "slirpHelper"];

/** What a saved guest cannot be without. */
const NAMED = ["uuid", "machine"] as const;

/** What is to be said of the texts in an image. Pass `null` for a text that was not read. */
export function checkSaveXml(
  { xml, cookie: text }: Pick<SaveImage, "xml" | "cookie">,
  domain: DomainXml | null,
  cookie: SaveCookie | null,
): Finding[] {
  const findings = xml && domain ? checkDomain(xml, domain) : [];
  if (text && cookie) findings.push(...checkCookie(text, cookie));
  return findings;
}

function checkDomain({ offset }: SaveText, domain: DomainXml): Finding[] {
  const subject = "SaveImage.xml";
  if (domain.problem?.entity !== undefined) return [unexpanded(subject, offset, domain.problem)];
  if (domain.problem) return [broken("SAVE_XML_WELL_FORMED", subject, offset, domain.problem)];
  const args = { expected: "domain", found: domain.root ?? "nothing" };
  if (domain.root !== "domain") return [finding("SAVE_XML_IS_DOMAIN", "error", subject, offset, args)];
  const refused = refusalsOf(domain).map((refusal) =>
    finding("SAVE_XML_ACCEPTED", "error", subject, offset, { ...refusal }),
  );
  const missing = NAMED.filter((name) => !domain[name]);
  if (refused.length > 0 || missing.length === 0) return refused;
  const what = missing.map((name) => (name === "machine" ? "machine type" : name)).join(", ");
  return [
    finding("SAVE_XML_NAMES_GUEST", "warning", subject, offset, { what, expected: what, found: "nothing" }),
  ];
}

function checkCookie({ offset }: SaveText, cookie: SaveCookie): Finding[] {
  const subject = "SaveImage.cookie";
  if (cookie.problem) return [broken("SAVE_COOKIE_WELL_FORMED", subject, offset, cookie.problem)];
  if (cookie.root !== "cookie") {
    const message = `expected <cookie>, found <${cookie.root}>`;
    const problem = { message, line: 1, column: 1, offset: 0 };
    return [broken("SAVE_COOKIE_WELL_FORMED", subject, offset, problem)];
  }
  const strange = [...new Set(cookie.children)].filter((name) => !COOKIE_CHILDREN.includes(name));
  if (strange.length === 0) return [];
  const found = strange.map((name) => `<${name}>`).join(", ");
  const expected = COOKIE_CHILDREN.join(", ");
  return [finding("SAVE_COOKIE_KNOWN", "note", subject, offset, { expected, found })];
}

function unexpanded(
  subject: string,
  start: number,
  { entity = "", line, column, offset }: XmlProblem,
): Finding {
  return finding("SAVE_XML_ENTITY_EXPANDED", "error", subject, start + offset, { entity, line, column });
}

function broken(rule: FindingRule, subject: string, start: number, problem: XmlProblem): Finding {
  const { line, column, message, offset } = problem;
  return finding(rule, "error", subject, start + offset, { line, column, problem: message });
}

function finding(
  rule: FindingRule,
  level: Level,
  subject: string,
  offset: number,
  args: Finding["args"],
): Finding {
  return { rule, level, subject, offset, args };
}
