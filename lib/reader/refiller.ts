import { openStream, type Row } from '@/lib/client/stream';
import type { ApiError } from '@/lib/contract/errors';
import { markAt } from '@/lib/grid/page-marks';
import type { PageRows } from '@/lib/grid/page-rows';
import { missingPages, type PageWindow, type RowRange } from '@/lib/grid/page-window';
import { failureEvent } from './read-events';
import { type ResultSource, requestAt } from './source';

interface RefillHost {
  readonly source: ResultSource;
  /** The current window, and the rows wanted of it. */
  readonly shown: () => { readonly window: PageWindow<Row>; readonly view: RowRange };
  readonly put: (page: number, rows: PageRows<Row>) => void;
  readonly fail: (error: ApiError) => void;
}

/** Rereads wanted pages that have left memory, one at a time, the middle one first. */
export class Refiller {
  private under: { readonly page: number; readonly abort: AbortController } | undefined;

  constructor(private readonly host: RefillHost) {}

  /** The view has moved, or a page has arrived. */
  check(): void {
    const { window, view } = this.host.shown();
    const missing = missingPages(window, view);
    if (this.under !== undefined) {
      if (missing.includes(this.under.page)) return;
      this.stop();
    }
    const [page] = missing;
    if (page !== undefined) void this.read(page);
  }

  /** Ends the current request: other rows are shown now, or none. */
  stop(): void {
    this.under?.abort.abort();
    this.under = undefined;
  }

  private async read(page: number): Promise<void> {
    const anchor = markAt(this.host.shown().window.marks, page)?.anchor;
    if (anchor === undefined) return;
    const abort = new AbortController();
    this.under = { page, abort };
    const { source } = this.host;
    try {
      for await (const event of openStream(source.path, requestAt(source, anchor, 1), { signal: abort.signal })) {
        const isTurned = anchor.kind === 'value' && anchor.back;
        if (event.kind === 'rows') this.host.put(page, isTurned ? event.rows.toReversed() : event.rows);
        // Only a person retries a page that could not be read.
        if (event.kind === 'error') return this.fail(abort, event.error);
      }
    } catch (cause) {
      if (!abort.signal.aborted) this.fail(abort, failureEvent(cause).error);
      return;
    }
    if (this.under?.abort !== abort) return;
    this.under = undefined;
    this.check();
  }

  private fail(abort: AbortController, error: ApiError): void {
    if (this.under?.abort === abort) this.under = undefined;
    this.host.fail(error);
  }
}
