import { MIN_TOKEN } from '@/lib/ring/token-ends';

/**
 * Reading upwards: token order cannot be reversed in CQL, so the rows above token T are those of a range after T - δ, up to
 * and including T, read forwards. δ follows the density seen so far: about a page of rows at a time.
 */
export interface UpStep {
  /** Exclusive. */
  readonly from: bigint;
  /** Inclusive: the rows below are those after it. */
  readonly to: bigint;
}

/** Rows seen in a number of tokens. */
export interface Density {
  readonly rows: number;
  readonly tokens: bigint;
}

/** Until the density is known: a 4,096th of the ring. */
const FIRST_STEP = 2n ** 52n;
const MOST_GROWTH = 8n;
/** Pages of one range before it counts as too long and is cut. */
const PAGES_BEFORE_CUT = 3;

/** The range to read first, above `to`. */
export function firstStep(to: bigint, wantedRows: number, seen: Density | null): UpStep {
  const width = seen === null || seen.rows === 0 ? FIRST_STEP : tokensFor(wantedRows, seen);
  return stepOf(to, width);
}

/** The range above one that was read to its end and had `rows` rows. */
export function nextStep({ from, to }: UpStep, rows: number, wantedRows: number): UpStep {
  const width = to - from;
  const most = width * MOST_GROWTH;
  const wanted = rows === 0 ? most : tokensFor(wantedRows, { rows, tokens: width });
  return stepOf(from, wanted < most ? wanted : most);
}

/**
 * A shorter range with the same end, when `pages` pages with `rows` rows have only reached `token`; null: read on. One token (a partition) cannot be cut, and one whose end was reached is nearly done.
 */
export function cutStep(
  { from, to }: UpStep,
  seen: { readonly pages: number; readonly rows: number; readonly token: bigint },
  wantedRows: number,
): UpStep | null {
  const tokens = seen.token - from;
  if (seen.pages < PAGES_BEFORE_CUT || to - from <= 1n || seen.token >= to || tokens <= 0n) return null;
  const wanted = tokensFor(wantedRows, { rows: seen.rows, tokens });
  const half = (to - from) / 2n;
  const width = wanted < half ? wanted : half;
  // Where little is left, reading it is cheaper than starting over.
  return to - seen.token <= width ? null : stepOf(to, width);
}

/** True when nothing is above the range. */
export function isTop({ from }: UpStep): boolean {
  return from <= MIN_TOKEN;
}

function stepOf(to: bigint, width: bigint): UpStep {
  const from = to - (width > 0n ? width : 1n);
  return { from: from > MIN_TOKEN ? from : MIN_TOKEN, to };
}

function tokensFor(wantedRows: number, { rows, tokens }: Density): bigint {
  const width = (tokens * BigInt(Math.ceil(wantedRows))) / BigInt(Math.max(1, rows));
  return width > 0n ? width : 1n;
}
