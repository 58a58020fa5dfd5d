import type { Fact } from "../../compat/index.ts";
import { type KnownRule, type LookedUp, nearestRules } from "../../compat/recognise/look-up.ts";
import { meaningOf } from "../../compat/recognise/meanings/index.ts";
import { textOf } from "../../compat/recognise/texts.ts";
import type { Paint } from "../output.ts";
import { printable } from "../printable.ts";
import { fold } from "../text.ts";
import { boundText, titled } from "./explain-lines.ts";

/** Of a path with more facts than these, `migwire facts` tells the rest. */
const MOST_FACTS = 12;

/** What an id stands for, for people. */
export function idLines({ id, rules, facts }: LookedUp, paint: Paint): readonly string[] {
  if (rules.length + facts.length === 0) {
    const near = nearestRules(id);
    const meant = near.length > 0 ? `; did you mean ${near.join(", ")}?` : "";
    return [`${printable(id)} is no rule, fact or erratum that migwire knows${meant}`];
  }
  const shown = facts.slice(0, MOST_FACTS);
  const more = facts.length - shown.length;
  return [
    ...rules.flatMap((rule) => [...ruleLines(rule, paint), ""]),
    ...shown.flatMap((fact) => [...factLines(fact, paint), ""]),
    ...(more > 0 ? [`and ${more} more: migwire facts ${printable(id)}`] : []),
  ].filter((line, i, all) => line !== "" || i + 1 < all.length);
}

function ruleLines({ id, command, purpose, message, remedies, reference }: KnownRule, paint: Paint) {
  return [
    `${paint("bold", id)}  (migwire ${command === "decode and verify" ? "decode, migwire verify" : command})`,
    ...titled("checks", purpose?.replace(/^Checks that /, "that ") ?? null),
    ...titled("says", message),
    ...remedies.flatMap((remedy) => titled("try", remedy)),
    ...titled("decided", reference),
  ];
}

function factLines(fact: Fact<unknown>, paint: Paint): readonly string[] {
  const { id, claim, since, until, notes } = fact;
  const text = textOf(fact);
  const meaning = text && meaningOf(id);
  return [
    paint("bold", id),
    ...titled("fact", claim),
    ...titled("since", `${boundText(since)}${until === undefined ? "" : `, until ${boundText(until)}`}`),
    ...(text ? titled("text", text.template) : valueLines(fact.value)),
    ...titled("means", meaning?.meaning ?? null),
    ...(meaning?.causes ?? []).flatMap((cause) => titled("cause", cause)),
    ...(meaning?.remedies ?? []).flatMap((remedy) => titled("try", remedy)),
    ...titled("notes", notes ?? null),
  ];
}

function valueLines(value: unknown): readonly string[] {
  if (value === true) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return titled("value", fold([plain(value)], " ").join(" "));
  return Object.entries(value).flatMap(([key, part]) => titled("value", `${key}: ${plain(part)}`));
}

function plain(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
    return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
