import { askBeforeLeaving } from '@/lib/client/ask-before-leaving';

/** Whose changes wait. The browser asks once before the page closes, however many tables they are of. */
const waiting = new Set<object>();

export function askWhile(owner: object, waits: boolean): void {
  if (typeof window === 'undefined') return;
  if (waits) waiting.add(owner);
  else waiting.delete(owner);
  if (waiting.size > 0) window.addEventListener('beforeunload', askBeforeLeaving);
  else window.removeEventListener('beforeunload', askBeforeLeaving);
}
