import { encodeText } from "../../../codec/layout/index.ts";

/** The first thing libxml2 says of a text, and how far it had read when it said it. */
export interface ScanComplaint {
  readonly message: string;
  readonly at: number;
}

/** Words that differ between versions of libxml2. */
export interface ScanWords {
  readonly xmlCut: "end-tag" | "premature";
  readonly xmlBadBytes: "bytes" | "invalid";
}

interface Scan {
  readonly text: string;
  readonly words: ScanWords;
  readonly open: { readonly name: string; readonly line: number }[];
  at: number;
  /** The line of a place that was reached before. */
  line: number;
  counted: number;
}

const NAME = /[A-Za-z_:\u0080-\ud7ff\ue000-\uffff][-\w.:\u0080-\ud7ff\ue000-\uffff]*/y;
/** All but `<`, `&`, `]`, control characters, and bytes that are not UTF-8; the next one without quotes, with `]`. */
const PLAIN_TEXT = /[\t\n\r\u{20}-\u{25}\u{27}-\u{3b}\u{3d}-\u{5c}\u{5e}-\u{dc7f}\u{dd00}-\u{10ffff}]+/uy;
const PLAIN_VALUE = /[\t\n\r\u{20}\u{21}\u{23}-\u{25}\u{28}-\u{3b}\u{3d}-\u{dc7f}\u{dd00}-\u{10ffff}]+/uy;
const ENTITIES = ["lt", "gt", "amp", "quot", "apos"];

/**
 * Reads XML as libxml2 does, as far as it takes to know its first complaint. Undefined when there is none, or when it is of
 * a kind whose words are not known: document types, comments and the like that do not end.
 */
export function scanXml(text: string, words: ScanWords): ScanComplaint | undefined {
  const scan: Scan = { text, words, open: [], at: 0, line: 1, counted: 0 };
  try {
    scanDocument(scan);
    return undefined;
  } catch (error) {
    if (error instanceof Complaint) return { message: error.message, at: error.at };
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

class Complaint extends Error {
  override readonly name = "Complaint";
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

class Unknown extends Error {
  override readonly name = "Unknown";
}

function scanDocument(scan: Scan): void {
  if (scan.text === "") complain(scan, "Document is empty");
  scanMisc(scan);
  if (!isAt(scan, "<")) complain(scan, "Start tag expected, '<' not found");
  scanElement(scan);
  while (scan.open.length > 0) scanContent(scan);
  scanMisc(scan);
  if (scan.at < scan.text.length) complain(scan, "Extra content at the end of the document");
}

function scanContent(scan: Scan): void {
  if (isAt(scan, "</")) scanEnd(scan);
  else if (isAt(scan, "<![CDATA[")) skipPast(scan, "]]>");
  else if (isAt(scan, "<!--") || isAt(scan, "<?")) scanAside(scan);
  else if (isAt(scan, "<")) scanElement(scan);
  else if (isAt(scan, "&")) scanReference(scan);
  else if (scan.at < scan.text.length) scanText(scan);
  else complainOfEnd(scan);
}

function complainOfEnd(scan: Scan): void {
  const { name, line } = scan.open.at(-1) ?? { name: "", line: 0 };
  complain(
    scan,
    scan.words.xmlCut === "end-tag"
      ? "EndTag: '</' not found"
      : `Premature end of data in tag ${name} line ${line}`,
  );
}

function scanText(scan: Scan): void {
  const run = match(scan, PLAIN_TEXT);
  if (run !== undefined) return;
  if (isAt(scan, "]]>")) complain(scan, "Sequence ']]>' not allowed in content");
  if (isAt(scan, "]")) {
    scan.at++;
    return;
  }
  const code = scan.text.charCodeAt(scan.at);
  if (code < 0x20) complain(scan, `PCDATA invalid Char value ${code}`);
  if (scan.words.xmlBadBytes === "invalid") complain(scan, "Invalid bytes in character encoding");
  const bytes = [...encodeText(scan.text.slice(scan.at, scan.at + 4)).subarray(0, 4)];
  if (bytes.length < 4) throw new Unknown();
  const shown = bytes.map((byte) => `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(" ");
  complain(scan, `Input is not proper UTF-8, indicate encoding !\nBytes: ${shown}`);
}

function scanElement(scan: Scan): void {
  const line = lineOf(scan);
  scan.at++;
  const name = match(scan, NAME);
  if (name === undefined) complain(scan, "StartTag: invalid element name");
  scanAttributes(scan);
  if (isAt(scan, "/>")) {
    scan.at += 2;
    return;
  }
  if (!isAt(scan, ">")) complain(scan, `Couldn't find end of Start Tag ${name} line ${line}`);
  scan.at++;
  scan.open.push({ name, line });
}

function scanAttributes(scan: Scan): void {
  const seen = new Set<string>();
  let twice: string | undefined;
  skipBlanks(scan);
  while (scan.at < scan.text.length && !isAt(scan, ">") && !isAt(scan, "/>")) {
    const name = match(scan, NAME);
    if (name === undefined) complain(scan, "error parsing attribute name");
    skipBlanks(scan);
    if (!isAt(scan, "=")) complain(scan, `Specification mandates value for attribute ${name}`);
    scan.at++;
    skipBlanks(scan);
    scanValue(scan);
    if (seen.has(name)) twice ??= name;
    seen.add(name);
    const blank = skipBlanks(scan);
    if (scan.at >= scan.text.length || isAt(scan, ">") || isAt(scan, "/>")) break;
    if (!blank) complain(scan, "attributes construct error");
  }
  if (twice !== undefined) complain(scan, `Attribute ${twice} redefined`);
}

function scanValue(scan: Scan): void {
  const quote = scan.text[scan.at];
  if (quote !== '"' && quote !== "'") complain(scan, "AttValue: \" or ' expected");
  scan.at++;
  for (;;) {
    match(scan, PLAIN_VALUE);
    const next = scan.text[scan.at];
    if (next === undefined) complain(scan, "AttValue: ' expected");
    if (next === "<") complain(scan, "Unescaped '<' not allowed in attributes values");
    if (next !== "&" && next !== '"' && next !== "'") throw new Unknown();
    if (next === "&") scanReference(scan);
    else scan.at++;
    if (next === quote) return;
  }
}

function scanReference(scan: Scan): void {
  scan.at++;
  if (isAt(scan, "#")) {
    if (match(scan, /#(\d+|x[\da-fA-F]+);/y) === undefined) throw new Unknown();
    return;
  }
  const name = match(scan, NAME);
  if (name === undefined) complain(scan, "xmlParseEntityRef: no name");
  if (!isAt(scan, ";")) complain(scan, "EntityRef: expecting ';'");
  scan.at++;
  if (!ENTITIES.includes(name)) complain(scan, `Entity '${name}' not defined`);
}

function scanEnd(scan: Scan): void {
  scan.at += 2;
  const name = match(scan, NAME);
  skipBlanks(scan);
  if (!isAt(scan, ">")) complain(scan, "expected '>'");
  scan.at++;
  const open = scan.open.pop();
  if (open && open.name !== name)
    complain(
      scan,
      `Opening and ending tag mismatch: ${open.name} line ${open.line} and ${name ?? "unparsable"}`,
    );
}

/** What may stand in front of the outermost element and behind it. */
function scanMisc(scan: Scan): void {
  for (skipBlanks(scan); isAt(scan, "<?") || isAt(scan, "<!"); skipBlanks(scan)) scanAside(scan);
}

function scanAside(scan: Scan): void {
  if (isAt(scan, "<!--")) {
    skipPast(scan, "-->");
    return;
  }
  if (!isAt(scan, "<?")) throw new Unknown();
  if (scan.at > 0 && /^<\?xml[\s?]/.test(scan.text.slice(scan.at, scan.at + 6))) {
    scan.at += 5;
    complain(scan, "XML declaration allowed only at the start of the document");
  }
  skipPast(scan, "?>");
}

function skipPast(scan: Scan, end: string): void {
  const at = scan.text.indexOf(end, scan.at);
  if (at < 0) throw new Unknown();
  scan.at = at + end.length;
}

function skipBlanks(scan: Scan): boolean {
  return match(scan, /[ \t\r\n]+/y) !== undefined;
}

function isAt(scan: Scan, text: string): boolean {
  return scan.text.startsWith(text, scan.at);
}

function match(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0];
  if (found !== undefined) scan.at += found.length;
  return found;
}

function lineOf(scan: Scan): number {
  for (; scan.counted < scan.at; scan.counted++) if (scan.text[scan.counted] === "\n") scan.line++;
  return scan.line;
}

function complain(scan: Scan, message: string): never {
  throw new Complaint(message, scan.at);
}
