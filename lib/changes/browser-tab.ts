import { randomId } from '@/lib/client/random-id';

/**
 * Which tab of the browser this is: an id that outlives reloads, and that no other tab has. A duplicated tab begins with the
 * same one, so the tab that holds its lock (Web Locks) keeps it and the other takes a new one. Where the browser has no
 * locks (plain HTTP under a name that is not localhost), duplicated tabs look like one.
 */

const ID_KEY = 'ringside.tab';
/**
 * How long the lock of the last page in this tab is waited for. A page that is reloaded gives it back as it goes, which takes
 * seconds on a machine with much to do; only a duplicated tab, whose lock is held for good, waits all this time.
 */
const CLAIM_MS = 10_000;

let tab: Promise<string> | undefined;

export function browserTab(): Promise<string> {
  tab ??= claimedTab();
  return tab;
}

async function claimedTab(): Promise<string> {
  const last = idOfSession();
  if (last !== null && (await claim(last))) return last;
  const id = randomId();
  await claim(id);
  try {
    window.sessionStorage.setItem(ID_KEY, id);
  } catch {
    // Turned off: the id is this page's.
  }
  return id;
}

function idOfSession(): string | null {
  try {
    return window.sessionStorage.getItem(ID_KEY);
  } catch {
    return null;
  }
}

/** Holds the id's lock for as long as the page lives; false: another tab has it. */
function claim(id: string): Promise<boolean> {
  const { locks } = navigator;
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(CLAIM_MS);
    const hold = () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    };
    locks.request(lockOf(id), { signal }, hold).catch(() => resolve(false));
  });
}

/** The tabs that are open, by id; null where the browser cannot say. */
export async function openTabs(): Promise<ReadonlySet<string> | null> {
  const { locks } = navigator;
  if (locks === undefined) return null;
  const { held = [] } = await locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
}

/** Acts for a tab that is closed, which cannot open meanwhile. @returns false: it is open */
export async function forClosedTab(id: string, act: () => void): Promise<boolean> {
  const { locks } = navigator;
  if (locks === undefined) return false;
  return locks.request(lockOf(id), { ifAvailable: true }, (lock) => {
    if (lock !== null) act();
    return lock !== null;
  });
}

const LOCK = 'ringside-tab-';

function lockOf(id: string): string {
  return `${LOCK}${id}`;
}
