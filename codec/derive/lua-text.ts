/** A Lua string literal. */
export function luaText(text: string): string {
  const plain = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
  return `"${plain}"`;
}
