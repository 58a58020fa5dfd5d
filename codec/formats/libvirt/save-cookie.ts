import { createXmlFacts, within } from "./xml-facts.ts";
import { walkXml, type XmlProblem } from "./xml-walk.ts";

/** The save cookie: what libvirt needs for a restore and the domain XML does not say. */
export interface SaveCookie {
  readonly problem: XmlProblem | null;
  /** Name of the outermost element; libvirt wants `cookie`. */
  readonly root: string | null;
  /** Names of the elements in it, in order, at most as many as are kept. */
  readonly children: readonly string[];
  /** The CPU as it was when the guest started, if it differs from what the XML asks for; since 3.5.0. */
  readonly cpu: { readonly mode: string | null; readonly model: string | null } | null;
  /** The guest used a slirp helper process; since 5.8.0. */
  readonly slirpHelper: boolean;
}

/** Names that are kept. */
const MOST_CHILDREN = 64;

/** Reads a save cookie. Never throws. */
export function readSaveCookie(text: string): SaveCookie {
  const facts = createXmlFacts(["cpu", "cpu/model"]);
  const children: string[] = [];
  let root: string | null = null;
  const problem = walkXml(text, {
    open(path, attributes) {
      root ??= path[0] ?? null;
      if (path.length === 2 && children.length < MOST_CHILDREN) children.push(path[1] ?? "");
      facts.open(within(path, 1), attributes);
    },
    close: (path, own) => facts.close(within(path, 1), own),
  });
  const mode = facts.attribute("cpu", "mode");
  const cpu = children.includes("cpu") ? { mode, model: facts.text("cpu/model") } : null;
  return { problem, root, children, cpu, slirpHelper: children.includes("slirpHelper") };
}
