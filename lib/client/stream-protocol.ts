import type { ApiError } from '@/lib/contract/errors';
import type { WireEvent } from './stream-events';

/** What page and worker say to each other. Both ends are this project's own code, built together. */

/** Page to worker. `taken`: one more page of the stream was used, so one more may be read. */
export type StreamCommand =
  | { readonly type: 'open'; readonly id: number; readonly url: string; readonly body: string }
  | { readonly type: 'taken'; readonly id: number }
  | { readonly type: 'close'; readonly id: number };

/** Worker to page. `refused`: the answer was no stream; `done`: nothing more comes. */
export type StreamReport =
  | { readonly type: 'event'; readonly id: number; readonly event: WireEvent }
  | { readonly type: 'refused'; readonly id: number; readonly error: ApiError; readonly status: number }
  | { readonly type: 'done'; readonly id: number };

/** Pages read from the network that the page has not taken yet: enough to hide the hand-over, no more. */
export const PAGES_AHEAD = 2;
