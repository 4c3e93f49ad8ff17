'use client';

import { EmptyState } from '@/components/ui/empty-state';
import { Checkbox, Select } from '@/components/ui/input';
import { type Older, ShowOlder } from '@/components/ui/show-older';
import { Shown } from '@/components/ui/shown';
import type { ListedEntry } from '@/lib/contract/history';
import { ANONYMOUS } from '@/lib/contract/principal';
import { RUN_ENDS, runEndOf } from '@/lib/contract/run-ends';
import { formatCount, formatElapsed, plural } from '@/lib/text/format';
import { COSTS, type HistoryFilter, NO_FILTER, SPANS, scopeWords } from '@/lib/workbench/history';
import { END_WORDS } from '@/lib/workbench/outcome-words';
import { SidePanel } from '../side/side-panel';

interface HistoryViewProps {
  filter: HistoryFilter;
  onFilter: (change: Partial<HistoryFilter>) => void;
  /** Undefined: still loading, or it failed. */
  entries: readonly ListedEntry[] | undefined;
  error: unknown;
  onRetry: () => void;
  /** Null: there are no more. */
  more: Older | null;
  onFill: (entry: ListedEntry) => void;
  onClose: () => void;
}

/** The history as the panel draws it. */
export function HistoryView({ filter, onFilter, entries, error, onRetry, more, onFill, onClose }: HistoryViewProps) {
  return (
    <SidePanel
      label="History"
      searchLabel="Search the history"
      placeholder="Search text, error, person"
      search={filter.search}
      onSearch={(search) => onFilter({ search })}
      filters={<Filters filter={filter} onFilter={onFilter} keyspaces={keyspacesOf(entries, filter.keyspace)} />}
      loading={entries === undefined}
      {...{ error, onRetry, onClose }}
    >
      <ol className="divide-y divide-line">
        {entries?.map((entry) => (
          <HistoryItem key={entry.id} entry={entry} onFill={onFill} />
        ))}
        {more !== null && (
          <li className="p-2">
            <ShowOlder {...more} />
          </li>
        )}
      </ol>
      {entries?.length === 0 && <NoEntries isFiltered={!isSame(filter, NO_FILTER)} />}
    </SidePanel>
  );
}

function NoEntries({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <EmptyState title="No matches" />;
  return (
    <EmptyState title="No history yet">
      The server keeps the statements that it runs on this cluster, without passwords.
    </EmptyState>
  );
}

interface FiltersProps extends Pick<HistoryViewProps, 'filter' | 'onFilter'> {
  keyspaces: readonly string[];
}

function Filters({ filter, onFilter, keyspaces }: FiltersProps) {
  return (
    <div className="grid shrink-0 grid-cols-2 items-center gap-x-2 gap-y-1 border-line border-b px-2 py-1">
      <Select
        dense
        aria-label="Outcome"
        value={filter.outcome}
        onChange={({ target }) => onFilter({ outcome: RUN_ENDS.find((name) => name === target.value) ?? '' })}
      >
        <option value="">any outcome</option>
        {RUN_ENDS.map((name) => (
          <option key={name} value={name}>
            {END_WORDS[name].word}
          </option>
        ))}
      </Select>
      <Select
        dense
        aria-label="Keyspace of the run"
        value={filter.keyspace}
        onChange={({ target }) => onFilter({ keyspace: target.value })}
      >
        <option value="">any keyspace</option>
        {keyspaces.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Select dense aria-label="Cost" value={filter.cost} onChange={({ target }) => onFilter({ cost: target.value })}>
        <option value="">any cost</option>
        {COSTS.map((scope) => (
          <option key={scope} value={scope}>
            {scopeWords(scope)}
          </option>
        ))}
      </Select>
      <Select
        dense
        aria-label="When"
        value={filter.within}
        onChange={({ target }) => onFilter({ within: SPANS.find(([name]) => name === target.value)?.[0] ?? '' })}
      >
        <option value="">any time</option>
        {SPANS.map(([name]) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Checkbox
        className="text-xs"
        checked={filter.writesOnly}
        onChange={({ target }) => onFilter({ writesOnly: target.checked })}
      >
        Writes only
      </Checkbox>
    </div>
  );
}

interface HistoryItemProps {
  entry: ListedEntry;
  onFill: (entry: ListedEntry) => void;
}

function HistoryItem({ entry, onFill }: HistoryItemProps) {
  const { word, tone } = END_WORDS[runEndOf(entry)];
  return (
    <li className="hover:bg-hover">
      <button type="button" className="block w-full px-3 py-2 text-left" onClick={() => onFill(entry)}>
        <code className="line-clamp-3 whitespace-pre-wrap break-words text-xs">
          <Shown text={entry.statement} as="text" />
        </code>
        <span className="mt-1 block text-muted text-xs">
          <span className={TONES[tone]}>{word}</span>
          {factsOf(entry).map((fact) => ` · ${fact}`)} · <time dateTime={entry.at}>{clock(entry.at)}</time>
        </span>
        {entry.isRedacted && (
          <span className="block text-warn text-xs">The password was not kept: type it before you run this.</span>
        )}
        {entry.message !== undefined && (
          <span className="mt-0.5 line-clamp-2 block text-danger text-xs">
            <Shown text={entry.message} as="text" />
          </span>
        )}
      </button>
    </li>
  );
}

function factsOf(entry: ListedEntry): string[] {
  const { rows, elapsedMs, cost, consistency, keyspace, who, characters, statement, isWrite, list, schedule } = entry;
  return [
    list === undefined ? '' : `for ${plural(list.rows, 'row')} of a list: ${listWords(list)}`,
    // What a write returns says whether it was applied.
    rows > 0 && !isWrite ? plural(rows, 'row') : '',
    formatElapsed(elapsedMs),
    scopeWords(cost),
    consistency,
    keyspace ?? '',
    schedule === undefined ? '' : `schedule ${schedule}`,
    who === ANONYMOUS.id ? '' : who,
    characters > statement.length ? `${plural(characters, 'character')}, the beginning shown` : '',
  ].filter((fact) => fact !== '');
}

/** `990 done, of these 4 not applied, 10 failed`. */
function listWords({ done, notApplied, refused, unknown }: NonNullable<ListedEntry['list']>): string {
  return [
    `${formatCount(done)} done`,
    notApplied > 0 ? `of these ${formatCount(notApplied)} not applied` : '',
    refused > 0 ? `${formatCount(refused)} failed` : '',
    unknown > 0 ? `${formatCount(unknown)} unknown` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const TONES = { ok: 'text-ok', warn: 'text-warn', danger: 'text-danger', neutral: 'text-muted' } as const;

/** Those of the entries in view, and the one that is chosen. */
function keyspacesOf(entries: readonly ListedEntry[] | undefined, chosen: string): readonly string[] {
  const names = new Set(entries?.flatMap(({ keyspace }) => keyspace ?? []));
  if (chosen !== '') names.add(chosen);
  return [...names].toSorted();
}

function isSame(one: HistoryFilter, two: HistoryFilter): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The time of day, with the date unless it was today. */
function clock(at: string): string {
  const date = new Date(at);
  const time = TIME.format(date);
  return date.toDateString() === new Date().toDateString() ? time : `${DAY.format(date)}, ${time}`;
}
