import type { ApiError } from '@/lib/contract/errors';
import type { WireEvent } from './stream-events';

/** The messages between page and worker. Both ends are built together, so messages are not validated. */

/** Page to worker. `token`: of the session, which a worker cannot read; `taken`: the page has used one more page of rows, so the worker may read another. */
export type StreamCommand =
  | {
      readonly type: 'open';
      readonly id: number;
      readonly url: string;
      readonly body: string;
      readonly token: string | null;
    }
  | { readonly type: 'taken'; readonly id: number }
  | { readonly type: 'close'; readonly id: number };

/** Worker to page. `refused`: the response was not a stream; `done`: nothing follows. */
export type StreamReport =
  | { readonly type: 'event'; readonly id: number; readonly event: WireEvent }
  | { readonly type: 'refused'; readonly id: number; readonly error: ApiError; readonly status: number }
  | { readonly type: 'done'; readonly id: number };

/** How many pages are read ahead of what the page has taken: just enough to hide the hand-over. */
export const PAGES_AHEAD = 2;
