import type { TablePlace } from '@/lib/client/place';
import type { RowChange } from '@/lib/contract/mutations';
import { checkCount } from '@/lib/edit/acts';
import { type ChangeEnding, type Endings, NO_ENDINGS } from '@/lib/edit/ending';
import { type ChangeQueue, EMPTY_QUEUE, mergedChanges, type QueueAct, queued } from '@/lib/edit/queue';
import { EditError, type EditTable } from '@/lib/edit/table';
import { Listeners } from '@/lib/listeners';
import type { ChangeShelf, LeftChanges } from './change-shelf';
import { askWhile } from './leaving-gate';

/** What the changes of a table are, and what stands beside them. It changes as a whole. */
export interface Standing {
  readonly queue: ChangeQueue;
  /** False: this browser refused to keep them, so they live as long as the page. */
  readonly isKept: boolean;
  /** Changes of closed tabs, or of the table as it was before. */
  readonly left: readonly LeftChanges[];
  /**
   * How changes ended that were run and still wait. It is the change that ended: once it is edited it is another one, and has
   * no ending.
   */
  readonly endings: Endings;
}

/** The changes of one table that wait for their review. Everybody in this tab who shows the table shares one. */
export class ChangeStore {
  readonly place: TablePlace;
  readonly table: EditTable;
  readonly #listeners = new Listeners();
  readonly #shelf: ChangeShelf | undefined;
  #standing: Standing = { queue: EMPTY_QUEUE, isKept: true, left: [], endings: NO_ENDINGS };

  /** @param shelf where the changes outlive the page; absent: nowhere */
  constructor(place: TablePlace, table: EditTable, shelf?: ChangeShelf) {
    this.place = place;
    this.table = table;
    this.#shelf = shelf;
    if (shelf === undefined) return;
    const endings = shelf.firstEndings ?? NO_ENDINGS;
    this.#standing = { ...this.#standing, queue: { ...EMPTY_QUEUE, changes: firstOf(table, shelf) }, endings };
    askWhile(this, this.getQueue().changes.length > 0);
    void this.lookForLeft();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.subscribe(listener);

  readonly getStanding = (): Standing => this.#standing;

  readonly getQueue = (): ChangeQueue => this.#standing.queue;

  /** @throws EditError, MutationError, ValueError: nothing changed */
  act(act: QueueAct): void {
    const before = this.getQueue();
    const queue = queued(this.table, before, act);
    if (queue.changes.length > before.changes.length) checkCount(queue.changes);
    if (queue !== before) this.#keep(queue, this.#standing.endings);
  }

  /** Says how changes ended that are in the queue; undefined: nothing is known of a run any more. */
  end(endings: ReadonlyMap<RowChange, ChangeEnding | undefined>): void {
    if (endings.size === 0) return;
    const next = new Map(this.#standing.endings);
    for (const [change, ending] of endings) {
      if (ending === undefined) next.delete(change);
      else next.set(change, ending);
    }
    this.#keep(this.getQueue(), next);
  }

  /** Endings stay with changes that are there, or that can be brought back. */
  #keep(queue: ChangeQueue, all: Endings): void {
    const endings = all.size === 0 ? all : endingsWithin(queue, all);
    const isKept = this.#shelf?.write(queue.changes, endings) ?? true;
    this.#set({ queue, isKept, endings });
    askWhile(this, queue.changes.length > 0);
  }

  /** Looks again for what other tabs have left. */
  async lookForLeft(): Promise<void> {
    const left = (await this.#shelf?.left()) ?? [];
    if (left.length > 0 || this.#standing.left.length > 0) this.#set({ left });
  }

  /** Adds changes that were left to those that wait. @throws EditError, MutationError, ValueError where they do not fit */
  async takeOver(id: string): Promise<void> {
    await this.#take(id, ({ changes, endings = NO_ENDINGS }) => {
      this.act({ do: 'changes', changes });
      this.end(endings);
    });
  }

  async discardLeft(id: string): Promise<void> {
    await this.#take(id, () => undefined);
  }

  async #take(id: string, act: (left: LeftChanges) => void): Promise<void> {
    const isTaken = await this.#shelf?.take(id, act);
    await this.lookForLeft();
    if (isTaken === false) throw new EditError('Their tab is open again, so the changes stay there.');
  }

  #set(change: Partial<Standing>): void {
    this.#standing = { ...this.#standing, ...change };
    this.#listeners.notify();
  }
}

function endingsWithin({ changes, undo, redo }: ChangeQueue, all: Endings): Endings {
  const known = new Set([changes, ...undo, ...redo].flat());
  return new Map([...all].filter(([change]) => known.has(change)));
}

/** What is kept fits the table's definition, and may still be no change of it: somebody may have written it. */
function firstOf(table: EditTable, { first }: ChangeShelf) {
  try {
    return mergedChanges(table, first);
  } catch {
    return [];
  }
}
