import { hexBytes, hexText } from "./hex.ts";

export function uuidText(bytes: Uint8Array): string {
  const hex = hexText(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function uuidBytes(text: string): Uint8Array<ArrayBuffer> {
  return hexBytes(text.replaceAll("-", ""));
}
