/** What the templates of error texts are filled with. */
export type PrintfValue = string | number | bigint;

const CONVERSION = /%(?<flags>[0#-]*)(?<width>\d*)(?:hh|h|ll|l|z|j)?(?<type>[diuxXscp%])/g;

/** A conversion, and what stands behind it up to the next one. */
interface Part {
  readonly conversion: string;
  readonly type: string;
  readonly prefixed: boolean;
  readonly width: number;
  readonly fill: string;
  readonly behind: string;
}

interface Template {
  readonly begin: string;
  readonly parts: readonly Part[];
}

/** Templates are data of ours, so there are only so many. */
const parsed = new Map<string, Template>();

/** Fills a template in the manner of C's printf, with the conversions that QEMU's and libvirt's messages have. */
export function printf(template: string, ...values: readonly PrintfValue[]): string {
  const { begin, parts } = parsed.get(template) ?? parse(template);
  let text = begin;
  let next = 0;
  for (const { conversion, type, prefixed, width, fill, behind } of parts) {
    const value = type === "%" ? "%" : values[next++];
    if (value === undefined) throw new TypeError(`nothing for ${conversion} in "${template}"`);
    text += render(value, type, prefixed).padStart(width, fill) + behind;
  }
  return text;
}

function parse(template: string): Template {
  const found = [...template.matchAll(CONVERSION)];
  const parts = found.map(({ 0: conversion, index, groups = {} }, i) => {
    const { flags = "", width = "", type = "" } = groups;
    return {
      conversion,
      type,
      prefixed: flags.includes("#"),
      width: Number(width),
      fill: flags.includes("0") ? "0" : " ",
      behind: template.slice(index + conversion.length, found[i + 1]?.index),
    };
  });
  const made = { begin: template.slice(0, found[0]?.index), parts };
  parsed.set(template, made);
  return made;
}

function render(value: PrintfValue, type: string, prefixed: boolean): string {
  if (type === "x" || type === "X") {
    const digits = (typeof value === "string" ? BigInt(value) : value).toString(16);
    const text = prefixed && digits !== "0" ? `0x${digits}` : digits;
    return type === "X" ? text.toUpperCase() : text;
  }
  return String(value);
}
