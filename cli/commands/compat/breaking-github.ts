import type { Checked } from "../../../compat/proposal/check.ts";
import { spans } from "../../../compat/proposal/groups.ts";
import { breakagesOf } from "../../../compat/proposal/summary.ts";

/** Workflow commands, which GitHub shows beside the file. */
export function breakingGithub(file: string, checked: Checked): string {
  const lines = breakagesOf(checked).map(({ rule, level, peers, remedies }) => {
    const text = [`breaks ${spans(peers)}`, rule.purpose, ...remedies.map((remedy) => remedy.text)];
    return `::${level} file=${property(file)},title=${property(rule.id)}::${data(text.join("\n"))}`;
  });
  const none = `::notice file=${property(file)}::${data(`${checked.proposal.id} breaks no released peer`)}`;
  return `${(lines.length === 0 ? [none] : lines).join("\n")}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
