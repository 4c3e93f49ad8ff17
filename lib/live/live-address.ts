import { MOST_LIVE_NODES } from '@/lib/contract/limits';
import { QUANTILES, type Quantile } from './plots';

/** Minutes that the plots can show. */
export const SPANS = [5, 15, 30, 60] as const;
type Span = (typeof SPANS)[number];

/** What the plots show; the Live page keeps it in its address. */
export interface LiveView {
  readonly spanMinutes: Span;
  readonly quantile: Quantile;
  /** Null: all pools together. */
  readonly pool: string | null;
  /** None: all. */
  readonly nodes: readonly string[];
  /** As numbers in tables instead of pictures. */
  readonly asTable: boolean;
}

export const USUAL_VIEW: LiveView = { spanMinutes: 15, quantile: 'p99', pool: null, nodes: [], asTable: false };

export function readLiveAddress(search: string): LiveView {
  const given = new URLSearchParams(search);
  return {
    spanMinutes: SPANS.find((span) => String(span) === given.get('minutes')) ?? USUAL_VIEW.spanMinutes,
    quantile: QUANTILES.find((quantile) => quantile === given.get('quantile')) ?? USUAL_VIEW.quantile,
    pool: given.get('pool'),
    nodes: [...new Set(given.getAll('node'))].slice(0, MOST_LIVE_NODES),
    asTable: given.get('as') === 'table',
  };
}

/** The query string with `change` in it; what is not of the plots stays, and what is usual is left out. */
export function writeLiveAddress(search: string, change: Partial<LiveView>): string {
  const next = new URLSearchParams(search);
  const view = { ...readLiveAddress(search), ...change };
  const put = (name: string, text: string | null) => (text === null ? next.delete(name) : next.set(name, text));
  put('minutes', view.spanMinutes === USUAL_VIEW.spanMinutes ? null : String(view.spanMinutes));
  put('quantile', view.quantile === USUAL_VIEW.quantile ? null : view.quantile);
  put('pool', view.pool);
  put('as', view.asTable ? 'table' : null);
  next.delete('node');
  for (const node of view.nodes) next.append('node', node);
  return next.toString();
}
