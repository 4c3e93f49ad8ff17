import type { ReactNode } from 'react';
import { Shown } from '@/components/ui/shown';

/** A place that a search found. */
interface Found {
  readonly at: number;
  readonly length: number;
}

interface MarkedProps {
  /** A piece of the text that was searched, and where in it the piece begins. */
  text: string;
  from: number;
  /** In the order of their places. */
  found: readonly Found[];
  current: Found | undefined;
}

/** Text with what was found in it marked. */
export function Marked({ text, from, found, current }: MarkedProps) {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const one of found.slice(firstAfter(found, from), firstAfter(found, from + text.length) + 1)) {
    const start = Math.max(0, one.at - from);
    const end = Math.min(text.length, one.at + one.length - from);
    if (end <= at || start >= text.length) continue;
    pieces.push(<Shown key={`before ${one.at}`} text={text.slice(at, start)} as="text" />);
    pieces.push(
      <mark
        key={one.at}
        className={one === current ? 'bg-accent text-accent-ink' : 'bg-warn-soft text-ink outline-1 outline-warn'}
      >
        <Shown text={text.slice(start, end)} as="text" />
      </mark>,
    );
    at = end;
  }
  return (
    <>
      {pieces}
      <Shown text={text.slice(at)} as="text" />
    </>
  );
}

/** The first place that may reach past `at`. */
function firstAfter(found: readonly Found[], at: number): number {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = found[middle];
    if (one !== undefined && one.at + one.length <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
