'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, UsersRound } from 'lucide-react';
import { useId, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { approvalQuery } from '@/lib/client/approvals';
import { errorText } from '@/lib/client/error-text';
import { APPROVAL_STATES, RAN_WORDS } from '@/lib/cluster/approval-words';
import type { ApprovalLine } from '@/lib/contract/approvals';
import { ApprovalDetail } from './approval-detail';

const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

interface ApprovalsListProps {
  cluster: string;
  /** Newest first. */
  approvals: readonly ApprovalLine[];
  onChanged: () => void;
}

/** Those that wait or may be run, then those that have ended. */
export function ApprovalsList({ cluster, approvals, onChanged }: ApprovalsListProps) {
  // What is open stays open when it ends, and moves.
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpened((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  const rest = { cluster, onChanged, opened, toggle };
  if (approvals.length === 0) {
    return (
      <Panel title="Changes">
        <EmptyState icon={<UsersRound size={24} aria-hidden="true" />} title="No changes">
          A change that needs a second person is asked for where it is made: its review offers Ask for approval.
        </EmptyState>
      </Panel>
    );
  }
  const open = approvals.filter(({ until }) => until !== null);
  const ended = approvals.filter(({ until }) => until === null);
  return (
    <>
      {open.length > 0 && <Lines {...rest} title="Open" lines={open} />}
      {ended.length > 0 && <Lines {...rest} title="Ended" lines={ended} />}
    </>
  );
}

interface LinesProps extends Omit<ApprovalsListProps, 'approvals'> {
  opened: ReadonlySet<string>;
  toggle: (id: string) => void;
  title: string;
  lines: readonly ApprovalLine[];
}

function Lines({ title, lines, opened, toggle, ...rest }: LinesProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-1 font-semibold text-sm">
        {title}
      </h2>
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {lines.map((line) => (
          <Line key={line.id} {...rest} {...{ line }} isOpen={opened.has(line.id)} onToggle={() => toggle(line.id)} />
        ))}
      </ol>
    </section>
  );
}

interface LineProps extends Omit<ApprovalsListProps, 'approvals'> {
  line: ApprovalLine;
  isOpen: boolean;
  onToggle: () => void;
}

/** One change; opened, all that it runs and what can be done with it. */
function Line({ line, isOpen, onToggle, cluster, onChanged }: LineProps) {
  const id = useId();
  const { title, by, isOwn, reason, at, begins } = line;
  return (
    <li className="px-3 py-2 text-sm">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        className="flex w-full flex-wrap items-baseline gap-x-3 gap-y-1 text-left"
        onClick={onToggle}
      >
        <ChevronRight size={14} aria-hidden="true" className={isOpen ? 'rotate-90 self-center' : 'self-center'} />
        <span className="min-w-0 break-words font-medium">{title}</span>
        <Standing line={line} />
        <span className="text-muted text-xs">
          {isOwn ? 'you' : by}, <time dateTime={at}>{TIME.format(new Date(at))}</time>
        </span>
      </button>
      <p className="break-words pl-6 text-muted">
        <Shown text={reason} as="text" />
      </p>
      {!isOpen && (
        <code className="block truncate pl-6 text-xs">
          <Shown text={begins} as="line" />
        </code>
      )}
      <div id={id} className="pl-6">
        {isOpen && <Opened {...{ line, cluster, onChanged }} />}
      </div>
    </li>
  );
}

function Standing({ line: { state, ran } }: { line: ApprovalLine }) {
  const { word, tone } = APPROVAL_STATES[state];
  return (
    <span className="flex gap-1">
      <Badge tone={tone}>{word}</Badge>
      {ran !== null && <Badge tone={RAN_WORDS[ran.outcome].tone}>{RAN_WORDS[ran.outcome].word}</Badge>}
    </span>
  );
}

function Opened({ line, cluster, onChanged }: Omit<LineProps, 'isOpen' | 'onToggle'>) {
  const { data, error } = useQuery(approvalQuery(cluster, line.id, line.state));
  if (data !== undefined) return <ApprovalDetail approval={data} onChanged={onChanged} />;
  if (error !== null) return <ErrorState title="The change could not be read" {...errorText(error)} />;
  return (
    <Loading label="Reading the change">
      <Skeleton className="mt-2 h-24" />
    </Loading>
  );
}
