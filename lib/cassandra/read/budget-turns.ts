/**
 * What all reads of a cluster may ask of it at the same time, and whose turn it is: as data, with no clock and no network.
 *
 * Cassandra holds a whole page in memory, several times over, before it sends it. So pages are counted by the bytes that
 * they are expected to hold. Where rows have not been seen yet nothing is expected: such a page counts as the whole
 * budget and is read alone.
 */

/** A page that a reader wants, or has under way. */
export interface BudgetPage {
  readonly id: number;
  /** Who reads it. Readers take turns, a page each. */
  readonly reader: number;
  /** Bytes that it is expected to hold; null where that is not known: the whole budget. */
  readonly bytes: number | null;
}

export interface PageUnderWay extends BudgetPage {
  readonly sinceMs: number;
}

export interface BudgetLimits {
  /** Expected of all pages under way. A page that is larger is read alone. */
  readonly bytes: number;
  readonly pages: number;
  /** Nodes that answer, one at the least. */
  readonly nodes: number;
}

export interface BudgetState {
  readonly underWay: readonly PageUnderWay[];
  /** The readers that wait, the one whose turn is next first, each with its pages in order. */
  readonly waiting: readonly { readonly reader: number; readonly pages: readonly BudgetPage[] }[];
}

export const NOTHING_UNDER_WAY: BudgetState = { underWay: [], waiting: [] };

/**
 * So long a page keeps others waiting that want to be alone. A page that takes longer is most likely one of a node that
 * does not answer, which must not stop the other nodes from being read.
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

/** Forgets a page, whether it waited or was under way. */
export function letGo({ underWay, waiting }: BudgetState, id: number): BudgetState {
  return {
    underWay: underWay.filter((page) => page.id !== id),
    waiting: waiting
      .map(({ reader, pages }) => ({ reader, pages: pages.filter((page) => page.id !== id) }))
      .filter(({ pages }) => pages.length > 0),
  };
}

/**
 * Begins the page whose turn it is. Nobody overtakes it: a page that wants to be alone would wait for ever where others
 * go on beside it.
 * @returns null when nobody waits, or the next one has to
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
  // Each node that does not answer may hold up one of them, and there must be a node left to ask.
  if (isWhole(page)) return prompt.length === 0 && lateWholes < nodes;
  if (prompt.some(isWhole)) return false;
  const shares = underWay.map((one) => (isWhole(one) ? mostBytes / nodes : (one.bytes ?? 0)));
  return shares.reduce((sum, bytes) => sum + bytes, page.bytes ?? 0) <= mostBytes;
}

/** Milliseconds until somebody may begin because a page under way is late; infinite where that changes nothing. */
export function nextLateMs({ underWay, waiting }: BudgetState, { nodes }: BudgetLimits, nowMs: number): number {
  if (waiting.length === 0 || nodes <= 1) return Number.POSITIVE_INFINITY;
  const left = underWay.map(({ sinceMs }) => sinceMs + PATIENCE_MS - nowMs).filter((ms) => ms > 0);
  return Math.min(...left);
}

/** How many other readers a reader waits for; null when it does not wait, or has a page under way meanwhile. */
export function waitsFor({ underWay, waiting }: BudgetState, reader: number): number | null {
  const turn = waiting.findIndex((one) => one.reader === reader);
  if (turn < 0 || underWay.some((page) => page.reader === reader)) return null;
  const before = [...underWay, ...waiting.slice(0, turn)].map((one) => one.reader);
  return new Set(before).size;
}
