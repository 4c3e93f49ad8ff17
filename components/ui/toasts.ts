import { Listeners } from '@/lib/listeners';

/** Something that has just happened away from where the person looks. A control shows its own outcome in place. */
export interface Toast {
  /** A toast takes the place of another with its id; absent: it stands for itself. */
  readonly id?: string;
  readonly text: string;
  readonly tone?: 'info' | 'danger';
  /** What it tells of is still going on, or must not be missed: it stays until another takes its place. */
  readonly stays?: boolean;
  /** What can still be done about it, such as Undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface ShownToast extends Toast {
  readonly id: string;
}

/** More than these nobody reads; the oldest give way. */
const MOST = 3;
const LEAST_MS = 4_000;
const MS_PER_CHARACTER = 100;
/** To read it, to decide, and to get there. */
const ACTION_MS = 10_000;

const listeners = new Listeners();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
let shown: readonly ShownToast[] = [];
let count = 0;

/** Says that something happened: in one place, politely to screen readers, for as long as it takes to read. */
export function toast({ id = `toast-${++count}`, ...given }: Toast): void {
  put([...shown.filter((other) => other.id !== id), { id, ...given }].slice(-MOST));
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (given.stays === true) return;
  const least = given.action === undefined ? LEAST_MS : ACTION_MS;
  const readMs = Math.max(least, given.text.length * MS_PER_CHARACTER);
  timers.set(
    id,
    setTimeout(() => dismissToast(id), readMs),
  );
}

export function dismissToast(id: string): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  put(shown.filter((other) => other.id !== id));
}

function put(next: readonly ShownToast[]): void {
  shown = next;
  listeners.notify();
}

export const subscribeToasts = listeners.subscribe;
/** Oldest first. */
export const getToasts = (): readonly ShownToast[] => shown;
