/** How long something took, in nanoseconds. Median and 95th percentile are estimates beyond 4096 samples. */
export interface LatencySummary {
  readonly samples: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly mean: number;
  readonly max: number;
}

export interface Latency {
  add(time: number): void;
  summary(): LatencySummary | null;
}

const MOST_SAMPLES = 4096;

/** Keeps a fair sample of what it is told, always the same one for the same input. */
export function createLatency(): Latency {
  const kept: number[] = [];
  let samples = 0;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let seed = 1;
  return {
    add(time) {
      samples++;
      sum += time;
      min = Math.min(min, time);
      max = Math.max(max, time);
      if (kept.length < MOST_SAMPLES) kept.push(time);
      else {
        seed = (seed * 48271) % 0x7fffffff;
        const place = Math.floor((seed / 0x7fffffff) * samples);
        if (place < MOST_SAMPLES) kept[place] = time;
      }
    },
    summary() {
      if (samples === 0) return null;
      const sorted = [...kept].sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
      return { samples, min, median: at(0.5), p95: at(0.95), mean: Math.round(sum / samples), max };
    },
  };
}
