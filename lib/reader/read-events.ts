import { ApiFailure } from '@/lib/client/http';
import type { StreamEvent } from '@/lib/client/stream-events';
import type { ApiError } from '@/lib/contract/errors';
import type { EndFrame, SchemaAgreement } from '@/lib/contract/frames';
import type { PageWindow, RowRange } from '@/lib/grid/page-window';
import type { More, ReadingEvent } from './read-state';
import type { Segment } from './segment';

export type Direction = 'down' | 'up';

/** A response that ended in an error frame. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure';

  constructor(readonly error: ApiError) {
    super(error.message);
  }
}

/** Where there may be rows beyond those of a segment. */
export function endsOf({ window }: Segment): More {
  return { above: window.prior !== null, below: window.next !== null };
}

/** The ends with more rows beyond them that the view is near: less than about two screens away. */
export function nearEnds<Row>(window: PageWindow<Row>, { first, last }: RowRange): More {
  const near = 2 * (last - first);
  return {
    above: window.prior !== null && first - window.marks.firstRow <= near,
    below: window.next !== null && window.marks.endRow - last <= near,
  };
}

/** The read has reached the end of what was requested. */
export function endEvent(
  result: EndFrame['result'],
  target: Segment,
  agreement: SchemaAgreement | null = null,
): ReadingEvent {
  return { type: 'end', result, more: endsOf(target), rows: target.window.marks.rowCount, agreement };
}

/** What an event of a stream means to the read. A response to a read upwards ends only a part of it. */
export function eventOf(event: StreamEvent, direction: Direction, target: Segment): ReadingEvent | null {
  switch (event.kind) {
    case 'header':
      return { type: 'header', header: event.header };
    case 'waiting':
      return { type: 'waiting', reads: event.waiting.reads };
    case 'agreement':
      return { type: 'agreement', agreement: event.agreement };
    case 'rows':
      return { type: 'page', page: event.page, rows: direction === 'down' ? event.rows : [], nowMs: Date.now() };
    case 'end':
      return direction === 'up' ? null : endEvent(event.end.result, target, event.end.agreement);
    case 'error':
      return failureEvent(new StreamFailure(event.error));
    default:
      return event satisfies never;
  }
}

export function failureEvent(cause: unknown): Extract<ReadingEvent, { type: 'fail' }> {
  const error = errorOf(cause);
  const status = cause instanceof ApiFailure ? cause.status : undefined;
  return { type: 'fail', error, disconnected: isDisconnected(error, status) };
}

function errorOf(cause: unknown): ApiError {
  if (cause instanceof ApiFailure || cause instanceof StreamFailure) return cause.error;
  return {
    code: 'internal_error',
    message: 'Something went wrong while reading.',
    detail: String(cause),
    retryable: false,
  };
}

/** Ringside's server or Cassandra cannot be reached: worth retrying automatically. */
function isDisconnected(error: ApiError, status: number | undefined): boolean {
  return status === 0 || error.code === 'cluster_unreachable';
}
