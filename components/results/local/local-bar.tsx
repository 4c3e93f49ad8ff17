import clsx from 'clsx';
import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import { shown } from '@/components/ui/shown';
import { sortProblem } from '@/lib/local/arrange';
import { isAsRead } from '@/lib/local/local-view';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import { type Wholeness, wholenessOf } from '@/lib/reader/wholeness';
import { formatCount } from '@/lib/text/format';
import { costText, pressRefusal, type Standing, standingOf } from './local-words';
import { useArrangement } from './use-arrangement';
import type { Local } from './use-local';

interface LocalBarProps {
  reader: ResultReader;
  state: ResultState;
  local: Local;
  /** It is gone, and so is what had the focus. */
  onEnd: () => void;
}

/** Says how the rows are arranged on this page, or why they are not; has the quick filter, and the way back. */
export default function LocalBar({ reader, state, local, onEnd }: LocalBarProps) {
  const { view, columns } = local;
  const { repeatable } = reader.source;
  const problem = sortProblem(view.sort, columns);
  const arrangement = useArrangement(reader, state.whole, columns, view, problem === null);
  const wholeness = wholenessOf(state, repeatable);
  const refusal = local.refused === null ? null : pressRefusal(local.refused, columns, { state, repeatable });
  const asked = isAsRead(view) ? null : standingOf({ view, state, repeatable, problem, arrangement });
  const standing = refusal ?? asked;
  const end = () => {
    local.end();
    onEnd();
  };
  return (
    <section
      aria-label="Sorted and filtered here"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t bg-canvas px-3 py-1"
    >
      <QuickField key={String(local.isFiltering)} local={local} wholeness={wholeness} onEnd={end} />
      <p
        role="status"
        className={clsx(
          'order-first basis-full text-xs empty:hidden sm:order-none sm:min-w-0 sm:flex-1 sm:basis-0',
          TONES[standing?.tone ?? 'busy'],
        )}
      >
        {shown(standing?.text ?? costText(wholeness, state.reading) ?? '')}
      </p>
      {isAsRead(view) && wholeness.kind === 'readable' && state.whole === 'unread' && (
        <Button size="sm" onClick={() => reader.readWhole()}>
          Read all rows
        </Button>
      )}
      {state.refillError !== null && (
        <Button size="sm" onClick={() => reader.retryRefill()}>
          Retry
        </Button>
      )}
      <IconButton label="Show the rows as they were read" size="sm" onClick={end}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </section>
  );
}

const TONES: Record<Standing['tone'], string> = { ok: 'text-ok', busy: 'text-muted', warn: 'text-warn' };

/** After so long without another letter, rows are filtered. */
const TYPING_MS = 200;

interface QuickFieldProps {
  local: Local;
  wholeness: Wholeness;
  onEnd: () => void;
}

/** The quick filter. Where rows must be read first it waits for Enter: a letter alone reads nothing. */
function QuickField({ local, wholeness, onEnd }: QuickFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const { text, type, put } = useQuickText(local, wholeness.kind === 'whole');
  useEffect(() => {
    if (local.isFiltering) input.current?.focus();
  }, [local.isFiltering]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isPressed('quickApply', event)) put(text);
    else if (isPressed('quickBack', event) && text === '') onEnd();
    else if (isPressed('quickBack', event)) put('');
    else return;
    event.preventDefault();
  };
  const rows = wholeness.kind === 'whole' ? `these ${formatCount(wholeness.rows)}` : 'all';
  return (
    <input
      ref={input}
      type="search"
      aria-label="Filter the rows here"
      placeholder={`Filter ${rows} rows`}
      title="text: in any shown column · column:text: in one column · column=value: exactly that value"
      value={text}
      disabled={wholeness.kind === 'refused'}
      onChange={({ target }) => type(target.value)}
      onKeyDown={onKeyDown}
      spellCheck={false}
      className="h-7 min-w-0 flex-1 rounded border border-line-strong bg-surface px-2 text-sm disabled:opacity-50 sm:w-60 sm:flex-none"
    />
  );
}

/** The text in the field, and the filter that it becomes: by itself a moment after a letter, or when it is put. */
function useQuickText({ view, change }: Local, byItself: boolean) {
  const [text, setText] = useState(view.quick);
  const [known, setKnown] = useState(view.quick);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== view.quick) {
    // Another filter was chosen elsewhere: from a summary, or by the browser's Back.
    setKnown(view.quick);
    setText(view.quick);
  }
  useEffect(() => () => clearTimeout(typing.current), []);
  const put = (quick: string) => {
    clearTimeout(typing.current);
    setText(quick);
    if (quick !== view.quick) change({ ...view, quick }, true);
  };
  const type = (next: string) => {
    clearTimeout(typing.current);
    setText(next);
    if (byItself) typing.current = setTimeout(() => put(next), TYPING_MS);
  };
  return { text, type, put };
}
