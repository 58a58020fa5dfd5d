import { SaxesParser } from "saxes";
import { encodeText } from "../../layout/index.ts";

/** Where and why a text is not XML. */
export interface XmlProblem {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** Characters of the line in front of it, and one. */
  readonly column: number;
  /** Bytes of the text in front of it. */
  readonly offset: number;
  /** What is wrong is only that this entity, which the document declares itself, is not expanded here. */
  readonly entity?: string;
}

export type XmlAttributes = Readonly<Record<string, string>>;

/** Is told of each element, with the names from the root down to it. */
export interface XmlVisitor {
  open?(path: readonly string[], attributes: XmlAttributes): void;
  /** `text` is what stands in the element itself, as it is. */
  close?(path: readonly string[], text: string): void;
}

/** As deep as libxml2 goes. */
const DEEPEST = 256;
/** Declaration of an entity for use in the text. */
const DECLARATION = /<!ENTITY\s+([^\s%&;"'<>]+)\s/g;

/**
 * Walks XML up to its end or to the first thing that is wrong with it. Entities are the five of XML and characters by
 * number; those that a document declares itself are not expanded, but a problem.
 */
export function walkXml(text: string, visitor: XmlVisitor): XmlProblem | null {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const path: string[] = [];
  const texts: string[] = [];
  parser.on("error", ({ message }) => {
    throw new NotXml(message.replace(/^\d+:\d+: |\.$/g, ""));
  });
  parser.on("doctype", (doctype) => {
    for (const [, name = ""] of doctype.matchAll(DECLARATION))
      if (!(name in parser.ENTITIES))
        Object.defineProperty(parser.ENTITIES, name, { get: () => refuse(name) });
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (path.length === DEEPEST) throw new NotXml(`more than ${DEEPEST} elements within each other`);
    path.push(name);
    texts.push("");
    visitor.open?.(path, attributes);
  });
  const addText = (more: string) => {
    const own = texts.pop();
    if (own !== undefined) texts.push(own + more);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    visitor.close?.(path, texts.pop() ?? "");
    path.pop();
  });
  try {
    parser.write(text).close();
    return null;
  } catch (error) {
    if (!(error instanceof NotXml)) throw error;
    const { line, column } = parser;
    const offset = encodeText(text.slice(0, parser.position)).length;
    const { message, entity } = error;
    return { message, line, column: column + 1, offset, ...(entity === undefined ? {} : { entity }) };
  }
}

class NotXml extends Error {
  override readonly name = "NotXml";
  readonly entity: string | undefined;

  constructor(message: string, entity?: string) {
    super(message);
    this.entity = entity;
  }
}

function refuse(entity: string): never {
  throw new NotXml(`the entity &${entity}; is not expanded`, entity);
}
