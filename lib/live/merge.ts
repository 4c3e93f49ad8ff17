import type { LiveLine, LiveResponse } from '@/lib/contract/live';
import { KEPT_MS } from './live-buffer';

/** What was held and what has come since, at most an hour of it. A line that was not there before was not known. */
export function mergeLive(held: LiveResponse | undefined, next: LiveResponse): LiveResponse {
  const last = held?.times.at(-1);
  if (held === undefined || last === undefined) return next;
  const fresh = next.times.filter((time) => time > last).length;
  const newest = next.times.at(-1) ?? last;
  const from = held.times.findIndex((time) => time >= newest - KEPT_MS);
  const old = from === -1 ? [] : held.times.slice(from);
  const lines = new Map<string, LiveLine>();
  const nulls = (length: number) => new Array<null>(length).fill(null);
  const skipped = next.times.length - fresh;
  for (const line of held.lines) {
    const values = from === -1 ? [] : line.values.slice(from);
    lines.set(keyOf(line), { ...line, values: [...values, ...nulls(fresh)] });
  }
  for (const line of next.lines) {
    const before = lines.get(keyOf(line))?.values.slice(0, old.length) ?? nulls(old.length);
    lines.set(keyOf(line), { ...line, values: [...before, ...line.values.slice(skipped)] });
  }
  return { ...next, times: [...old, ...next.times.slice(skipped)], lines: [...lines.values()] };
}

function keyOf({ series, node }: LiveLine): string {
  return `${series} ${node ?? ''}`;
}
