import { openStream, type StreamEvent } from '@/lib/client/stream';
import type { TokenRange } from '@/lib/ring/ranges';
import { type Direction, endEvent, StreamFailure } from './read-events';
import type { ReadingEvent, ReadMode, Sample } from './read-state';
import { type KeyOf, type Segment, takeAbove, takeBelow } from './segment';
import { type ResultSource, requestAt } from './source';

/** Whoever reads: what it has now, and what happens to what arrives. */
export interface PageHost {
  readonly source: ResultSource;
  readonly keyOf: KeyOf;
  /** The segment that is read into, with the view that decides which of its pages stay in memory. */
  readonly target: () => Segment;
  readonly sample: () => Sample | null;
  readonly follow: (event: StreamEvent, direction: Direction) => void;
  /** A page is in the segment now; `range`: the part of the ring that it covers. */
  readonly take: (segment: Segment, range: TokenRange | null) => void;
  readonly tell: (event: ReadingEvent) => void;
  /** How long a continuous read should pause now before it takes another page. */
  readonly restMs: () => number;
}

/**
 * Reads the page below the target, or with `on` all that follow.
 * @throws ApiFailure, StreamFailure, the signal's reason
 */
export async function readDown(host: PageHost, mode: ReadMode, signal: AbortSignal): Promise<void> {
  const { source, keyOf } = host;
  const { next } = host.target().window;
  if (next === null) return;
  for await (const event of openStream(source.path, requestAt(source, next, mode === 'on' ? 0 : 1), { signal })) {
    if (event.kind === 'error') throw new StreamFailure(event.error);
    host.follow(event, 'down');
    if (event.kind !== 'rows') continue;
    const { segment, range } = takeBelow(host.target(), { rows: event.rows, frame: event.page }, keyOf);
    host.take(segment, range);
    if (mode === 'on') await rest(host.restMs(), signal);
  }
}

/**
 * Reads about a page above the target, or with `on` all up to the first row.
 * @throws ApiFailure, StreamFailure, the signal's reason
 */
export async function readUp(host: PageHost, mode: ReadMode, signal: AbortSignal): Promise<void> {
  const { source, keyOf } = host;
  // Most tables are read from the start: the code that reads upwards loads when it is needed.
  const { readAbove } = await import('./read-above');
  signal.throwIfAborted();
  do {
    const above = readAbove(host.target(), {
      source,
      keyOf,
      signal,
      sample: host.sample(),
      onEvent: (event) => host.follow(event, 'up'),
    });
    for await (const pages of above) host.take(takeAbove(host.target(), pages), pages.range);
  } while (mode === 'on' && host.target().window.prior !== null);
  host.tell(endEvent('rows', host.target()));
}

/** Waits until the time is over or the signal is aborted; the caller sees which. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
