import type { TablePlace } from '@/lib/client/place';
import { randomId } from '@/lib/client/random-id';
import { KEPT_CHANGES_CHARACTERS } from '@/lib/contract/limits';
import type { RowChange } from '@/lib/contract/mutations';
import { type Endings, NO_ENDINGS } from '@/lib/edit/ending';
import { browserTab, forClosedTab, openTabs } from './browser-tab';
import { type KeptChanges, keptChanges, keptText } from './kept-text';

/** Changes that somebody made in a tab that is closed, or for the table as it was before. They are offered, never applied. */
export interface LeftChanges {
  readonly id: string;
  readonly why: 'closed_tab' | 'redefined';
  readonly changes: readonly RowChange[];
  readonly endings?: Endings;
}

/** Where the changes of one table outlive the page. */
export interface ChangeShelf {
  /** Of this tab, for the table as it is. */
  readonly first: readonly RowChange[];
  readonly firstEndings?: Endings;
  /** False: the browser refused to keep the changes. Without room for both it keeps them without their endings. */
  readonly write: (changes: readonly RowChange[], endings: Endings) => boolean;
  readonly left: () => Promise<readonly LeftChanges[]>;
  /** Acts on what was left, and takes it off the shelf unless that throws. @returns false: it is no longer there */
  readonly take: (id: string, act: (left: LeftChanges) => void) => Promise<boolean>;
}

/** The shelf of this tab in the browser's localStorage. */
export async function openShelf(place: TablePlace, definition: string): Promise<ChangeShelf> {
  const tab = await browserTab();
  const own = keyOf(tab, place);
  const kept = keptChanges(read(own));
  if (kept !== undefined && kept.definition !== definition) setAside(own, place, kept);
  const mine = kept?.definition === definition ? kept : undefined;
  const leftOf = (id: string): LeftChanges | undefined => {
    const found = keptChanges(read(keyOf(id, place)));
    if (found === undefined) return undefined;
    const { changes, endings } = found;
    return { id, why: found.definition === definition ? 'closed_tab' : 'redefined', changes, endings };
  };
  return {
    first: mine?.changes ?? [],
    firstEndings: mine?.endings ?? NO_ENDINGS,
    write: (changes, endings) => {
      if (changes.length === 0) return write(own, null);
      const isWritten = write(own, keptText({ definition, changes, endings }));
      return isWritten || (endings.size > 0 && write(own, keptText({ definition, changes, endings: NO_ENDINGS })));
    },
    left: async () => {
      const open = await openTabs();
      if (open === null) return [];
      return tabsWith(place).flatMap((id) => (id === tab || open.has(id) ? [] : (leftOf(id) ?? [])));
    },
    take: async (id, act) => {
      let isTaken = false;
      await forClosedTab(id, () => {
        const left = leftOf(id);
        if (left === undefined) return;
        act(left);
        write(keyOf(id, place), null);
        isTaken = true;
      });
      return isTaken;
    },
  };
}

/** What was made for the table as it was is kept as if by a tab that is closed. */
function setAside(own: string, place: TablePlace, kept: KeptChanges): void {
  if (write(keyOf(randomId(), place), keptText(kept))) write(own, null);
}

const PREFIX = 'ringside.changes';

function keyOf(tab: string, { cluster, keyspace, table }: TablePlace): string {
  return `${PREFIX} ${tab} ${JSON.stringify([cluster, keyspace, table])}`;
}

/** The tabs that have kept changes of a table. */
function tabsWith(place: TablePlace): string[] {
  try {
    return Object.keys(window.localStorage).flatMap((key) => {
      const [prefix, tab = ''] = key.split(' ', 2);
      return prefix === PREFIX && key === keyOf(tab, place) ? [tab] : [];
    });
  } catch {
    return [];
  }
}

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    // Turned off: as if nothing were kept.
    return null;
  }
}

/** False where the browser has no room or stores nothing; then nothing is left of what was there before either. */
function write(key: string, text: string | null): boolean {
  try {
    if (text === null || text.length > KEPT_CHANGES_CHARACTERS) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, text);
    return text === null || text.length <= KEPT_CHANGES_CHARACTERS;
  } catch {
    return false;
  }
}
