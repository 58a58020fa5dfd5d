/** What stands before messages: times, hosts, programs, and how virsh and libvirt hand errors on. */
const PREFIXES: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?:?\s*/,
  /^[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)? \S{1,255} [^\s:[]{1,255}(?:\[\d+\])?:\s*/,
  /^\d{1,10}:\s*/,
  /^(?:error|warning|info|debug) ?: \w{1,128}:\d+ ?:\s*/,
  /^[\w.+/-]{0,255}qemu[\w.+-]{0,64}(?:\[\d+\])?:\s*/,
  /^(?:kvm|virsh|libvirtd|virtqemud)(?:\[\d+\])?:\s*/,
  /^(?:error|fails|warning|info|internal error|operation failed|unsupported configuration|XML error|Requested operation is not valid|invalid argument|DAEMON CRASH|operation aborted):\s*/,
  /^-[a-z-]{1,32} \S{1,1024}:(?:\s+|$)/,
  /^\(qemu\)\s*/,
  /^Migration status: [\w-]+ ?\(?/,
  /^[\s"'{}[\],:;#|>*-]+/,
];
const MOST = 12;
const TIMES = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z /g;

/** Words without the times that QEMU puts before its lines, so that what is said again and again reads alike. */
export function withoutTimes(words: string): string {
  return words.replace(TIMES, "");
}

/** What is left of words once all that only says who speaks, and when, is taken off their beginning. */
export function withoutPrefix(words: string): string {
  let rest = words;
  for (let i = 0; i < MOST; i++) {
    const shorter = PREFIXES.reduce((left, prefix) => left.replace(prefix, ""), rest);
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest.replace(/[\s"'{}[\],:;.]+$/, "");
}

/** What libvirt's logs and virsh say around errors: command lines, starts and ends, which command failed. */
const FRAMES: readonly RegExp[] = [
  /\\$/,
  /^-[a-z]/,
  /^(?:starting up libvirt|shutting down, reason=|Domain id=|char device redirected|terminating on signal)/,
  /^Failed to (?:start|restore|save|migrate|create|resume) domain/,
];

/** Lines that no message can be on: JSON around texts, carets, blank ones. */
export function isNoise(line: string): boolean {
  return !/[A-Za-z]{2}/.test(line) || /^\s*["{}[\]]/.test(line);
}

/** Lines that only say what was done. */
export function isFrame(line: string): boolean {
  return FRAMES.some((frame) => frame.test(line));
}

const TOLD = /"(?:desc|error-desc)"\s*:\s*"((?:[^"\\]|\\.){0,16384})"/g;

/** The text with what QMP replies tell written out, on lines of its own. */
export function withJsonTold(text: string, separator: string): string {
  if (!text.includes('desc"')) return text;
  return text.replace(TOLD, (whole: string, inside: string) => {
    const told = unescaped(inside);
    return told === undefined ? whole : `"${separator}${told}${separator}"`;
  });
}

function unescaped(inside: string): string | undefined {
  try {
    const told: unknown = JSON.parse(`"${inside.replaceAll("\n", " ").replaceAll("\r", "")}"`);
    return typeof told === "string" ? told : undefined;
  } catch {
    return undefined;
  }
}
