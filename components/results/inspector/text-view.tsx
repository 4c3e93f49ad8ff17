import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { findText, lineAt, lineCount, lineOf, linesOf } from '@/lib/values/lines';
import { Marked } from './marked';
import { MOST_FOUND, type SearchState, useFound } from './search';
import { VirtualLines } from './virtual-lines';

/** Longer text is drawn line by line. */
const MOST_WHOLE = 20_000;
const LINE_PX = 18;
/** A region that scrolls must be reachable by keyboard. */
const SCROLLABLE = { 'aria-label': 'Value', tabIndex: 0 } as const;
/** Advance of one character of the data font at its 12 px. */
const CHARACTER_PX = 7.2;
const PADDING_PX = 32;

/** Text of any length, broken where the panel ends. */
export function TextView({ text, search }: { text: string; search: SearchState }) {
  const found = useMemo(() => findText(text, search.needle, MOST_FOUND), [text, search.needle]);
  const current = useFound(search, found);
  if (text.length <= MOST_WHOLE) {
    return (
      <section {...SCROLLABLE} className="thin-scrollbar min-h-0 flex-1 overflow-auto px-3 py-2">
        <pre className="select-text whitespace-pre-wrap break-words font-mono text-xs">
          <Marked text={text} from={0} found={found} current={current} />
        </pre>
      </section>
    );
  }
  return <LongText text={text} found={found} current={current} />;
}

type LongTextProps = {
  text: string;
  found: ReturnType<typeof findText>;
  current: { at: number; length: number } | undefined;
};

function LongText({ text, found, current }: LongTextProps) {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(48);
  useLayoutEffect(() => {
    const { current: element } = holder;
    if (element === null) return;
    const measure = () => setWidth(Math.max(20, Math.floor((element.clientWidth - PADDING_PX) / CHARACTER_PX)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const lines = useMemo(() => linesOf(text, width), [text, width]);
  return (
    <div ref={holder} className="flex min-h-0 flex-1 flex-col">
      <VirtualLines
        role="region"
        aria-label="Value"
        tabIndex={0}
        count={lineCount(lines)}
        linePx={LINE_PX}
        shownLine={current === undefined ? null : lineOf(lines, current.at)}
        line={(index) => (
          <Marked text={lineAt(lines, index)} from={lines.starts[index] ?? 0} found={found} current={current} />
        )}
      />
    </div>
  );
}
