import type { ClusterEvent } from '@/lib/contract/events';

/** Events so close to each other that they share a mark. */
export interface Mark {
  /** Of the first of them. */
  readonly atMs: number;
  /** Oldest first. */
  readonly events: readonly ClusterEvent[];
}

interface MarkSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** The least distance of two marks. */
  readonly apartMs: number;
}

/** Events within a span of time as marks that do not cover each other. */
export function marksOf(events: readonly ClusterEvent[], { fromMs, toMs, apartMs }: MarkSpan): Mark[] {
  const marks: { atMs: number; events: ClusterEvent[] }[] = [];
  const within = events
    .map((event) => ({ event, atMs: Date.parse(event.at) }))
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    .sort((one, other) => one.atMs - other.atMs);
  for (const { event, atMs } of within) {
    const last = marks.at(-1);
    if (last !== undefined && atMs - last.atMs < apartMs) last.events.push(event);
    else marks.push({ atMs, events: [event] });
  }
  return marks;
}

/** When to draw a line through the plots: one for events so close to each other that their lines would touch. */
export function linesOf(events: readonly ClusterEvent[], span: MarkSpan): number[] {
  return marksOf(events, span).map(({ atMs }) => atMs);
}
