const PREFIXES = ["", "k", "m", "g", "t", "p", "e"];

/** Most that libvirt counts with: its numbers have 64 bits. */
const MOST = 2n ** 64n - 1n;

/**
 * KiB of an amount with its unit, rounded up as libvirt does; `null` for what it would not accept. Without a unit it is
 * KiB already. `k` and `KiB` are 1024 bytes, `KB` is 1000, and so on up to E; case does not matter.
 */
export function kibibytes(amount: string, unit = ""): number | null {
  const scale = scaleOf(unit.toLowerCase());
  if (scale === null || !/^\s*\d{1,20}\s*$/.test(amount)) return null;
  const bytes = BigInt(amount.trim()) * scale;
  return bytes > MOST ? null : Number((bytes + 1023n) / 1024n);
}

function scaleOf(unit: string): bigint | null {
  if (unit === "") return 1024n;
  if (unit === "b" || unit === "byte" || unit === "bytes") return 1n;
  const [prefix = "", ...rest] = unit;
  const power = PREFIXES.indexOf(prefix);
  const suffix = rest.join("");
  if (power < 1) return null;
  if (suffix === "" || suffix === "ib") return 1024n ** BigInt(power);
  return suffix === "b" ? 1000n ** BigInt(power) : null;
}
