/** What the templates of error texts are filled with. */
export type PrintfValue = string | number | bigint;

const CONVERSION = /%(?<flags>[0#-]*)(?<width>\d*)(?:hh|h|ll|l|z|j)?(?<type>[diuxXscp%])/g;

/** Fills a template in the manner of C's printf, with the conversions that QEMU's and libvirt's messages have. */
export function printf(template: string, ...values: readonly PrintfValue[]): string {
  let next = 0;
  return template.replace(CONVERSION, (conversion, ...rest) => {
    const { flags, width, type } = rest.at(-1) as { flags: string; width: string; type: string };
    if (type === "%") return "%";
    const value = values[next++];
    if (value === undefined) throw new TypeError(`nothing for ${conversion} in "${template}"`);
    const text = render(value, type, flags.includes("#"));
    return flags.includes("0") ? text.padStart(Number(width), "0") : text.padStart(Number(width || 0));
  });
}

function render(value: PrintfValue, type: string, prefixed: boolean): string {
  if (type === "x" || type === "X") {
    const digits = (typeof value === "string" ? BigInt(value) : value).toString(16);
    const text = prefixed && digits !== "0" ? `0x${digits}` : digits;
    return type === "X" ? text.toUpperCase() : text;
  }
  return String(value);
}
