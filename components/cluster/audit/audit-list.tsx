'use client';

import { ScrollText } from 'lucide-react';
import { Badge, type Tone } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { type Older, ShowOlder } from '@/components/ui/show-older';
import { Shown } from '@/components/ui/shown';
import { auditFacts, auditTitle, OUTCOME_WORDS } from '@/lib/cluster/audit-words';
import type { AuditEntry, AuditOutcome } from '@/lib/contract/audit';

const TONES: Readonly<Record<AuditOutcome, Tone>> = {
  begun: 'accent',
  done: 'ok',
  stopped: 'neutral',
  refused: 'warn',
  failed: 'danger',
};
/** Of a statement, until its line is opened. */
const SHOWN_CHARACTERS = 300;
const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

interface AuditListProps {
  /** Newest first. */
  entries: readonly AuditEntry[];
  onPerson: (person: string) => void;
  /** Null: there is nothing older. */
  more: Older | null;
}

/** Lines of the audit. */
export function AuditList({ entries, onPerson, more }: AuditListProps) {
  return (
    <div className="flex flex-col gap-4">
      {entries.length === 0 ? (
        <NoLines isOver={more === null} />
      ) : (
        <ol aria-label="Lines" className="divide-y divide-line rounded-md border border-line bg-surface">
          {entries.map((entry) => (
            <AuditItem key={entry.id} entry={entry} onPerson={onPerson} />
          ))}
        </ol>
      )}
      {more !== null && <ShowOlder {...more} />}
    </div>
  );
}

function NoLines({ isOver }: { isOver: boolean }) {
  return (
    <EmptyState
      icon={<ScrollText size={24} aria-hidden="true" />}
      title={isOver ? 'No such lines' : 'No such lines among the newest'}
    >
      {isOver ? 'Look for less, or for a longer time.' : 'There are older ones, which have not been searched.'}
    </EmptyState>
  );
}

function AuditItem({ entry, onPerson }: { entry: AuditEntry } & Pick<AuditListProps, 'onPerson'>) {
  const { time, person, personId, outcome, statement } = entry;
  const who = person ?? personId;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-2 text-sm">
      <time dateTime={time} title={time} className="w-44 shrink-0 text-muted tabular-nums">
        {TIME.format(new Date(time))}
      </time>
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {who !== undefined && (
            <button
              type="button"
              aria-label={`Only lines of ${who}`}
              className="min-h-6 max-w-48 truncate font-medium hover:underline"
              onClick={() => onPerson(who)}
            >
              <Shown text={who} as="text" />
            </button>
          )}
          <Badge tone={TONES[outcome]}>{OUTCOME_WORDS[outcome]}</Badge>
          <span className="min-w-0 break-words">
            <Shown text={auditTitle(entry)} as="text" />
          </span>
        </p>
        {statement !== undefined && (
          <p className="break-words font-mono text-xs">
            <Shown text={statement.slice(0, SHOWN_CHARACTERS)} as="text" />
            {statement.length > SHOWN_CHARACTERS && '…'}
          </p>
        )}
        <p className="break-words text-muted text-xs">
          <Shown text={auditFacts(entry).join(' · ')} as="text" />
        </p>
        <Everything entry={entry} />
      </div>
    </li>
  );
}

function Everything({ entry }: { entry: AuditEntry }) {
  return (
    <details>
      <summary className="cursor-pointer text-faint text-xs">The whole line</summary>
      <pre className="thin-scrollbar mt-1 max-h-80 overflow-auto whitespace-pre-wrap break-words rounded bg-canvas p-2 font-mono text-xs">
        <Shown text={JSON.stringify(entry, null, 2)} as="text" />
      </pre>
    </details>
  );
}
