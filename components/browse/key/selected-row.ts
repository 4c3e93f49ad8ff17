import type { Row } from '@/lib/client/stream-events';
import type { ResultColumn } from '@/lib/contract/frames';
import { Listeners } from '@/lib/listeners';

interface RowOfColumns {
  readonly columns: readonly ResultColumn[];
  readonly values: Row;
}

/** The selected row of the grid, for what starts from it. A store, so that moving the selection draws nothing else. */
export class SelectedRow {
  private now: RowOfColumns | null = null;
  private readonly listeners = new Listeners();

  readonly subscribe = this.listeners.subscribe;
  readonly get = (): RowOfColumns | null => this.now;

  set(row: RowOfColumns | null): void {
    this.now = row;
    this.listeners.notify();
  }
}
