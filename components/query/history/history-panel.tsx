'use client';

import { X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import { formatElapsed, plural } from '@/lib/text/format';
import {
  type History,
  type HistoryAction,
  type HistoryEntry,
  type RunOutcome,
  searchHistory,
} from '@/lib/workbench/history';

interface HistoryPanelProps {
  history: History;
  kept: boolean;
  onFill: (entry: HistoryEntry) => void;
  onClose: () => void;
  dispatch: (action: HistoryAction) => void;
}

/** What was run on this cluster from this browser; choosing an entry fills the editor and runs nothing. */
export default function HistoryPanel({ history, kept, onFill, onClose, dispatch }: HistoryPanelProps) {
  const [search, setSearch] = useState('');
  const found = searchHistory(history, useDeferredValue(search));
  return (
    <aside aria-label="History" className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-2">
        <Input
          type="search"
          aria-label="Search the history"
          placeholder="Search the history"
          className="h-6! text-xs!"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <IconButton size="sm" label="Close the history" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </header>
      {!kept && (
        <p className="px-3 py-2 text-warn text-xs">
          This browser cannot save the history: its storage is full or turned off.
        </p>
      )}
      <ol className="thin-scrollbar min-h-0 flex-1 divide-y divide-line overflow-auto">
        {found.map((entry) => (
          <HistoryItem key={entry.id} entry={entry} onFill={onFill} dispatch={dispatch} />
        ))}
      </ol>
      {history.length === 0 && (
        <EmptyState title="No history yet">The last 200 statements run from this browser are kept here.</EmptyState>
      )}
      {history.length > 0 && found.length === 0 && <EmptyState title="No matches" />}
      {history.length > 0 && (
        <footer className="flex shrink-0 items-center justify-between border-line border-t px-2 py-1 text-faint text-xs">
          {plural(found.length, 'statement')}
          <Button size="sm" variant="ghost" onClick={() => dispatch({ type: 'clear' })}>
            Clear
          </Button>
        </footer>
      )}
    </aside>
  );
}

interface HistoryItemProps {
  entry: HistoryEntry;
  onFill: (entry: HistoryEntry) => void;
  dispatch: (action: HistoryAction) => void;
}

function HistoryItem({ entry, onFill, dispatch }: HistoryItemProps) {
  const { word, tone } = OUTCOMES[entry.outcome];
  return (
    <li className="group relative hover:bg-hover">
      <button type="button" className="block w-full px-3 py-2 text-left" onClick={() => onFill(entry)}>
        <code className="line-clamp-3 whitespace-pre-wrap break-words pr-6 text-xs">
          <Shown text={entry.statement} as="text" />
        </code>
        <span className="mt-1 block text-faint text-xs">
          <span className={tone}>{word}</span>
          {entry.rows > 0 && ` · ${plural(entry.rows, 'row')}`} · {formatElapsed(entry.elapsedMs)}
          {entry.keyspace !== null && ` · ${entry.keyspace}`} · <time dateTime={entry.at}>{clock(entry.at)}</time>
        </span>
        {entry.message !== undefined && (
          <span className="mt-0.5 line-clamp-2 block text-danger text-xs">
            <Shown text={entry.message} as="text" />
          </span>
        )}
      </button>
      <span className="absolute top-1 right-1 opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        <IconButton size="sm" label="Remove from history" onClick={() => dispatch({ type: 'remove', id: entry.id })}>
          <X size={12} aria-hidden="true" />
        </IconButton>
      </span>
    </li>
  );
}

const OUTCOMES: Record<RunOutcome, { word: string; tone: string }> = {
  complete: { word: 'complete', tone: 'text-ok' },
  paused: { word: 'paused', tone: 'text-muted' },
  stopped: { word: 'stopped', tone: 'text-warn' },
  failed: { word: 'failed', tone: 'text-danger' },
  done: { word: 'done', tone: 'text-ok' },
  schema_change: { word: 'schema changed', tone: 'text-ok' },
};

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The time of day, with the date unless it was today. */
function clock(at: string): string {
  const date = new Date(at);
  const time = TIME.format(date);
  return date.toDateString() === new Date().toDateString() ? time : `${DAY.format(date)}, ${time}`;
}
