import type { Row } from '@/lib/client/stream-events';
import type { ApiError } from '@/lib/contract/errors';
import type { PageWindow } from '@/lib/grid/page-window';
import { FrameNotifier } from './frame-notifier';
import type { Coverage } from './rail-coverage';
import { NOT_READ, type ReadingEvent, type ReadState, readingReducer } from './read-state';
import type { Whole } from './whole';

export interface ResultState {
  readonly reading: ReadState;
  readonly window: PageWindow<Row>;
  /** Where to scroll to, as a row of the window, each time that somebody goes to another place. */
  readonly landing: { readonly id: number; readonly row: number; readonly end: boolean };
  /** What has been read of the ring, at any place. */
  readonly coverage: Coverage;
  /** Why rows that had left memory could not be reread. */
  readonly refillError: ApiError | null;
  /** Whether all rows of the result are kept in memory. */
  readonly whole: Whole;
  /** The rows of `window` are arranged on this page: sorted, filtered or both. Else they are as Cassandra returns them. */
  readonly isArranged: boolean;
}

/** What a reader shows, to follow. */
export class ResultStore {
  private state: ResultState;
  private readonly notifier = new FrameNotifier();

  constructor(window: PageWindow<Row>) {
    this.state = {
      reading: NOT_READ,
      window,
      coverage: [],
      refillError: null,
      whole: 'unread',
      isArranged: false,
      landing: { id: 0, row: 0, end: false },
    };
  }

  readonly get = (): ResultState => this.state;

  readonly subscribe = (listener: () => void) => this.notifier.subscribe(listener);

  tell(event: ReadingEvent): void {
    const canWait = event.type === 'page' || event.type === 'sample';
    this.set({ reading: readingReducer(this.state.reading, event) }, canWait);
  }

  /** @param canWait it is a page beyond the view, of which a continuous read brings many */
  set(change: Partial<ResultState>, canWait = false): void {
    this.state = { ...this.state, ...change };
    const { phase, mode } = this.state.reading;
    this.notifier.notify(canWait && phase === 'reading' && mode === 'on');
  }
}
