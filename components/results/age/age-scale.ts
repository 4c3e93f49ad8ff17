import type { Age } from './age-plan';

/** Oldest and newest write time among those that are known; null where none is. */
export interface AgeSpan {
  readonly oldest: bigint;
  readonly newest: bigint;
}

export function spanOf(ages: Iterable<ReadonlyMap<number, Age | null>>): AgeSpan | null {
  let oldest: bigint | undefined;
  let newest: bigint | undefined;
  for (const row of ages) {
    for (const age of row.values()) {
      if (age === null) continue;
      if (oldest === undefined || age.writeMicros < oldest) oldest = age.writeMicros;
      if (newest === undefined || age.writeMicros > newest) newest = age.writeMicros;
    }
  }
  return oldest === undefined || newest === undefined ? null : { oldest, newest };
}

/** Where between oldest and newest a write time lies, 0 to 1; in the middle where all are the same. */
export function placeIn({ oldest, newest }: AgeSpan, writeMicros: bigint): number {
  if (oldest === newest) return 0.5;
  // In thousandths: the difference of two 64-bit numbers is beyond a double.
  return Number(((writeMicros - oldest) * 1_000n) / (newest - oldest)) / 1_000;
}

const FAINTEST = 4;
const STRONGEST = 38;
/** Lines of hatching this far apart, from the last minute of a value's life to a month of it and more. */
const DENSEST_PX = 3;
const SPARSEST_PX = 11;
const MINUTE_SECONDS = 60;
const MONTH_SECONDS = 30 * 86_400;

/** The background of a cell: the newer the stronger, hatched where its life ends, the sooner the denser. */
export function ageBackground(place: number, ttlSeconds: number | null): string {
  const share = Math.round(FAINTEST + place * (STRONGEST - FAINTEST));
  const tint = `color-mix(in srgb, var(--accent) ${share}%, transparent)`;
  const plain = `linear-gradient(${tint}, ${tint})`;
  if (ttlSeconds === null) return plain;
  const gap = hatchGapPx(ttlSeconds);
  const line = 'color-mix(in srgb, var(--warn) 55%, transparent)';
  return `repeating-linear-gradient(135deg, ${line} 0 1px, transparent 1px ${gap}px), ${plain}`;
}

function hatchGapPx(ttlSeconds: number): number {
  const inside = Math.min(Math.max(ttlSeconds, MINUTE_SECONDS), MONTH_SECONDS);
  const share = Math.log(inside / MINUTE_SECONDS) / Math.log(MONTH_SECONDS / MINUTE_SECONDS);
  return Math.round(DENSEST_PX + share * (SPARSEST_PX - DENSEST_PX));
}

/** The background of cells whose write time cannot be read. */
export const UNTOLD_BACKGROUND = 'radial-gradient(var(--line-strong) 0.5px, transparent 1px)';
