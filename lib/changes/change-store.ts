import type { TablePlace } from '@/lib/client/place';
import { type ChangeQueue, EMPTY_QUEUE, type QueueAct, queued } from '@/lib/edit/queue';
import type { EditTable } from '@/lib/edit/table';
import { Listeners } from '@/lib/listeners';

/** The changes of one table that wait for their review. Everybody in this tab who shows the table shares one. */
export class ChangeStore {
  readonly place: TablePlace;
  readonly table: EditTable;
  readonly #listeners = new Listeners();
  #queue: ChangeQueue = EMPTY_QUEUE;

  constructor(place: TablePlace, table: EditTable) {
    this.place = place;
    this.table = table;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.subscribe(listener);

  readonly getQueue = (): ChangeQueue => this.#queue;

  /** @throws EditError, MutationError, ValueError: nothing changed */
  act(act: QueueAct): void {
    this.#queue = queued(this.table, this.#queue, act);
    this.#listeners.notify();
  }
}
