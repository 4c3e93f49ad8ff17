/**
 * How much all reads of a cluster may request at the same time, and whose turn it is: as data, without clock or network.
 *
 * Cassandra holds a whole page in memory, several times over, before sending it. So pages are counted by their expected
 * bytes. Before any row has been seen there is no expectation: such a page counts as the whole budget and is read alone.
 */

/** A page that a reader waits for or has in flight. */
export interface BudgetPage {
  readonly id: number;
  /** Its reader. Readers take turns, one page each. */
  readonly reader: number;
  /** Its expected bytes; null if unknown, which counts as the whole budget. */
  readonly bytes: number | null;
}

export interface PageUnderWay extends BudgetPage {
  readonly sinceMs: number;
}

export interface BudgetLimits {
  /** Expected bytes of all pages in flight. A larger page is read alone. */
  readonly bytes: number;
  readonly pages: number;
  /** Nodes that answer, at least one. */
  readonly nodes: number;
}

export interface BudgetState {
  readonly underWay: readonly PageUnderWay[];
  /** The waiting readers in order of their turns, each with its pages in order. */
  readonly waiting: readonly { readonly reader: number; readonly pages: readonly BudgetPage[] }[];
}

export const NOTHING_UNDER_WAY: BudgetState = { underWay: [], waiting: [] };

/**
 * How long a page holds up others that must be read alone. A page that takes longer is most likely from a node that does
 * not answer, which must not stop reads of the other nodes.
 */
export const PATIENCE_MS = 2_000;

export function want(state: BudgetState, page: BudgetPage): BudgetState {
  const { waiting } = state;
  const isKnown = waiting.some(({ reader }) => reader === page.reader);
  if (!isKnown) return { ...state, waiting: [...waiting, { reader: page.reader, pages: [page] }] };
  return {
    ...state,
    waiting: waiting.map((one) => (one.reader === page.reader ? { ...one, pages: [...one.pages, page] } : one)),
  };
}

/** Forgets a page, whether it was waiting or in flight. */
export function letGo({ underWay, waiting }: BudgetState, id: number): BudgetState {
  return {
    underWay: underWay.filter((page) => page.id !== id),
    waiting: waiting
      .map(({ reader, pages }) => ({ reader, pages: pages.filter((page) => page.id !== id) }))
      .filter(({ pages }) => pages.length > 0),
  };
}

/**
 * Starts the page whose turn it is. Nothing overtakes it: otherwise a page that must be read alone could wait forever.
 * @returns null when nothing waits, or the next page must keep waiting
 */
export function beginNext(
  state: BudgetState,
  limits: BudgetLimits,
  nowMs: number,
): { readonly state: BudgetState; readonly page: PageUnderWay } | null {
  const [turn, ...others] = state.waiting;
  const [first, ...rest] = turn?.pages ?? [];
  if (turn === undefined || first === undefined || !fits(first, state.underWay, limits, nowMs)) return null;
  const page = { ...first, sinceMs: nowMs };
  const waiting = rest.length === 0 ? others : [...others, { reader: turn.reader, pages: rest }];
  return { state: { underWay: [...state.underWay, page], waiting }, page };
}

function fits(
  page: BudgetPage,
  underWay: readonly PageUnderWay[],
  { bytes: mostBytes, pages: mostPages, nodes }: BudgetLimits,
  nowMs: number,
): boolean {
  if (underWay.length === 0) return true;
  if (underWay.length >= mostPages) return false;
  const isWhole = ({ bytes }: BudgetPage) => bytes === null || bytes >= mostBytes;
  const isLate = ({ sinceMs }: PageUnderWay) => nodes > 1 && nowMs - sinceMs >= PATIENCE_MS;
  const prompt = underWay.filter((one) => !isLate(one));
  const lateWholes = underWay.filter((one) => isLate(one) && isWhole(one)).length;
  // Each node that does not answer may hold up one of them, and a node must be left to read from.
  if (isWhole(page)) return prompt.length === 0 && lateWholes < nodes;
  if (prompt.some(isWhole)) return false;
  const shares = underWay.map((one) => (isWhole(one) ? mostBytes / nodes : (one.bytes ?? 0)));
  return shares.reduce((sum, bytes) => sum + bytes, page.bytes ?? 0) <= mostBytes;
}

/** Milliseconds until a page may start because one in flight is late; infinite if that changes nothing. */
export function nextLateMs({ underWay, waiting }: BudgetState, { nodes }: BudgetLimits, nowMs: number): number {
  if (waiting.length === 0 || nodes <= 1) return Number.POSITIVE_INFINITY;
  const left = underWay.map(({ sinceMs }) => sinceMs + PATIENCE_MS - nowMs).filter((ms) => ms > 0);
  return Math.min(...left);
}

/** How many other readers a reader waits for; null if it does not wait, or also has a page in flight. */
export function waitsFor({ underWay, waiting }: BudgetState, reader: number): number | null {
  const turn = waiting.findIndex((one) => one.reader === reader);
  if (turn < 0 || underWay.some((page) => page.reader === reader)) return null;
  const before = [...underWay, ...waiting.slice(0, turn)].map((one) => one.reader);
  return new Set(before).size;
}
