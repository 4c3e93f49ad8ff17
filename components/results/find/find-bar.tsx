import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { CellLooks } from '@/components/grid/types';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import type { Row } from '@/lib/client/stream';
import type { CqlType } from '@/lib/cql/types';
import type { PageWindow } from '@/lib/grid/page-window';
import { formatCount, plural } from '@/lib/text/format';
import { type FoundCell, findInRows, MOST_CELLS, NOWHERE, stepFrom } from '@/lib/values/find-rows';

interface FindBarProps {
  window: PageWindow<Row>;
  /** Which values of a row are shown, in their order. */
  sources: readonly number[];
  types: readonly (CqlType | undefined)[];
  /** Goes to a cell. */
  onGo: (cell: FoundCell) => void;
  onLooks: (looks: CellLooks | undefined) => void;
  onClose: () => void;
}

/** Finds text in the rows in memory, and says that it searches only those. */
export default function FindBar({ window, sources, types, onGo, onLooks, onClose }: FindBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [needle, setNeedle] = useState('');
  const [front, setFront] = useState(NOWHERE);
  const { found, done } = useFound(window, sources, types, needle);
  useEffect(() => input.current?.focus(), []);
  useFoundLooks(found, found[front], window.marks.firstRow, onLooks);

  const step = (by: 1 | -1) => {
    const to = stepFrom(found, front, by);
    setFront(to);
    const cell = found[to];
    if (cell !== undefined) onGo(cell);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isPressed('findClose', event)) onClose();
    else if (isPressed('findPrevious', event)) step(-1);
    else if (isPressed('findNext', event)) step(1);
    else return;
    event.preventDefault();
  };
  return (
    <search
      aria-label="Find in loaded rows"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-line border-t bg-canvas px-3 py-1"
    >
      <input
        ref={input}
        type="search"
        aria-label="Find in loaded rows"
        placeholder="Find in loaded rows"
        value={needle}
        onChange={({ target }) => {
          setNeedle(target.value);
          setFront(NOWHERE);
        }}
        onKeyDown={onKeyDown}
        spellCheck={false}
        className="h-7 w-56 min-w-0 rounded border border-line-strong bg-surface px-2 text-sm"
      />
      <span role="status" className="min-w-20 text-center text-muted text-xs tabular-nums">
        {countText(needle, found.length, front, done)}
      </span>
      <Steps disabled={found.length === 0} onStep={step} />
      <Extent window={window} />
      <IconButton label="Close find" keys="findClose" size="sm" onClick={onClose}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </search>
  );
}

function Steps({ disabled, onStep }: { disabled: boolean; onStep: (by: 1 | -1) => void }) {
  return (
    <>
      <IconButton label="Previous" keys="findPrevious" size="sm" disabled={disabled} onClick={() => onStep(-1)}>
        <ChevronUp size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label="Next" keys="findNext" size="sm" disabled={disabled} onClick={() => onStep(1)}>
        <ChevronDown size={14} aria-hidden="true" />
      </IconButton>
    </>
  );
}

/** What is searched, and what is not. */
function Extent({ window }: { window: PageWindow<Row> }) {
  const inMemory = useMemo(
    () => [...window.loaded.values()].reduce((sum, rows) => sum + rows.length, 0),
    [window.loaded],
  );
  const evicted = inMemory < window.marks.rowCount;
  return (
    <p className="min-w-0 flex-1 text-faint text-xs">
      Searches only the {plural(inMemory, 'row')} in memory
      {evicted && ` of ${formatCount(window.marks.rowCount)} read`}. To search the table, add a filter.
    </p>
  );
}

/** Highlights the cells found, as long as the bar is shown. */
function useFoundLooks(
  found: readonly FoundCell[],
  current: FoundCell | undefined,
  firstRow: number,
  onLooks: FindBarProps['onLooks'],
): void {
  useEffect(() => onLooks(looksOf(found, current, firstRow)), [onLooks, found, current, firstRow]);
  useEffect(() => () => onLooks(undefined), [onLooks]);
}

function countText(needle: string, count: number, front: number, done: boolean): string {
  if (needle === '') return '';
  if (count === 0) return done ? 'no matches' : '…';
  const all = `${formatCount(count)}${count >= MOST_CELLS || !done ? '+' : ''}`;
  return front === NOWHERE ? `${all} found` : `${formatCount(front + 1)} of ${all}`;
}

/** Long enough to get somewhere, short enough for every frame. */
const SLICE_MS = 8;

/** What was found so far. The search yields to every frame, and restarts when the rows or the needle change. */
function useFound(
  window: PageWindow<Row>,
  sources: readonly number[],
  types: readonly (CqlType | undefined)[],
  needle: string,
): { found: readonly FoundCell[]; done: boolean } {
  const [state, setState] = useState<{ found: readonly FoundCell[]; done: boolean }>({ found: [], done: true });
  const latest = useRef(window);
  useEffect(() => {
    latest.current = window;
  });
  const { loaded } = window;
  useEffect(() => {
    if (needle === '') {
      setState({ found: [], done: true });
      return;
    }
    const steps = findInRows({ ...latest.current, loaded }, sources, types, needle);
    const found: FoundCell[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const until = performance.now() + SLICE_MS;
      let step = steps.next();
      for (; !step.done; step = steps.next()) {
        found.push(...step.value);
        if (found.length >= MOST_CELLS || performance.now() > until) break;
      }
      const done = step.done === true || found.length >= MOST_CELLS;
      setState({ found: found.slice(0, MOST_CELLS), done });
      if (!done) timer = setTimeout(look);
    };
    look();
    return () => clearTimeout(timer);
  }, [loaded, sources, types, needle]);
  return state;
}

function looksOf(found: readonly FoundCell[], current: FoundCell | undefined, firstRow: number): CellLooks | undefined {
  if (found.length === 0) return undefined;
  const cells = new Set(found.map(({ row, source }) => `${row} ${source}`));
  return (row, source) => {
    if (!cells.has(`${row + firstRow} ${source}`)) return undefined;
    const isCurrent = current !== undefined && current.row === row + firstRow && current.source === source;
    return { style: { backgroundImage: isCurrent ? CURRENT : FOUND } };
  };
}

const tint = (share: number) => {
  const colour = `color-mix(in srgb, var(--warn) ${share}%, transparent)`;
  return `linear-gradient(${colour}, ${colour})`;
};
const FOUND = tint(18);
const CURRENT = tint(45);
