'use client';

import { useMutation } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Later } from '@/components/ui/later';
import { Shown } from '@/components/ui/shown';
import { actOnApproval } from '@/lib/client/approvals';
import { useAskBeforeLeaving } from '@/lib/client/ask-before-leaving';
import { errorText } from '@/lib/client/error-text';
import { APPROVAL_STATES, possibleActs, RAN_WORDS } from '@/lib/cluster/approval-words';
import type { Approval, ApprovalAction } from '@/lib/contract/approvals';
import { plural } from '@/lib/text/format';

const ApprovalUndo = lazy(() => import('./approval-undo'));

const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
/** Statements that are drawn; all of them can be copied. */
const MOST_DRAWN = 200;

interface ApprovalDetailProps {
  approval: Approval;
  onChanged: () => void;
}

/** Everything that a change runs, who decided on it and why, and what can be done with it. */
export function ApprovalDetail({ approval, onChanged }: ApprovalDetailProps) {
  return (
    <div className="space-y-3 py-2">
      <Statements approval={approval} />
      <Facts approval={approval} />
      {approval.ran !== null && <Ran ran={approval.ran} />}
      {approval.undo !== null && (
        <Later>
          <ApprovalUndo cluster={approval.cluster} undo={approval.undo} />
        </Later>
      )}
      <Acts approval={approval} onChanged={onChanged} />
    </div>
  );
}

function Statements({ approval: { statements } }: { approval: Approval }) {
  const all = () => statements.map(({ statement }) => `${statement};\n`).join('');
  const left = statements.length - MOST_DRAWN;
  return (
    <section aria-label="Exactly what runs">
      <div className="mb-1 flex items-center gap-2 text-muted text-xs">
        {plural(statements.length, 'statement')}, exactly as {statements.length === 1 ? 'it is' : 'they are'} sent
        <CopyButton text={all} label="Copy all statements">
          Copy
        </CopyButton>
      </div>
      <ol className="thin-scrollbar max-h-[40vh] space-y-1 overflow-auto rounded border border-line bg-canvas p-3">
        {statements.slice(0, MOST_DRAWN).map(({ statement, keyspace, params }, at) => (
          // They never change places.
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be equal
          <li key={at} className="text-xs">
            <code className="whitespace-pre-wrap break-words">
              <Shown text={statement} as="text" />
            </code>
            {keyspace !== null && <span className="text-muted"> in {keyspace}</span>}
            {params !== null && (
              <span className="block text-muted">
                values <Shown text={params} as="text" />
              </span>
            )}
          </li>
        ))}
        {left > 0 && <li className="text-muted text-xs">{plural(left, 'more statement')}: copy them to see all.</li>}
      </ol>
    </section>
  );
}

function Facts({ approval }: { approval: Approval }) {
  const { tables, consistency, notes, until, decision, state } = approval;
  const rows: [string, string][] = [
    ['Changes', tables.length === 0 ? 'roles or permissions' : tables.join(', ')],
    ['Consistency', consistency],
  ];
  if (until !== null) rows.push([state === 'approved' ? 'Can be run until' : 'Waits until', timeText(until)]);
  if (decision !== null) {
    const why = decision.reason === null ? '' : `: ${decision.reason}`;
    const what = APPROVAL_STATES[state === 'changed' || state === 'refused' ? state : 'approved'].word;
    rows.push(['Decided', `${what} by ${decision.by ?? 'Ringside'}, ${timeText(decision.at)}${why}`]);
  }
  return (
    <>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-0.5 text-xs">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words">
              <Shown text={value} as="text" />
            </dd>
          </div>
        ))}
      </dl>
      {notes.length > 0 && (
        <ul aria-label="Notes" className="list-disc space-y-0.5 pl-4 text-muted text-xs">
          {notes.map((note) => (
            <li key={note}>
              <Shown text={note} as="text" />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function timeText(at: string): string {
  return TIME.format(new Date(at));
}

function Ran({ ran: { at, message, statements, outcome } }: { ran: NonNullable<Approval['ran']> }) {
  const failed = statements.flatMap(({ outcome: one, message: why }, index) =>
    one === 'applied' ? [] : [`Statement ${index + 1}: ${RAN_WORDS[one].word}${why === undefined ? '' : `. ${why}`}`],
  );
  return (
    <div role="status" className="text-sm">
      <p className={outcome === 'unknown' ? 'text-danger' : undefined}>
        <time dateTime={at}>{timeText(at)}</time>: <Shown text={message} as="text" />
      </p>
      {statements.length > 1 && failed.length > 0 && (
        <ul className="list-disc pl-4 text-muted text-xs">
          {failed.map((one) => (
            <li key={one}>
              <Shown text={one} as="text" />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Acts({ approval, onChanged }: ApprovalDetailProps) {
  const { cluster, id, state } = approval;
  const [reason, setReason] = useState<string | null>(null);
  const act = useMutation({
    mutationFn: (action: ApprovalAction) => actOnApproval(cluster, id, action),
    // Also a refusal may have ended it.
    onSettled: onChanged,
  });
  const can = possibleActs(approval);
  const doing = (action: ApprovalAction['action']) => act.isPending && act.variables.action === action;
  useAskBeforeLeaving(doing('run'));
  if (reason !== null && can.refuse) {
    const refuse = () => act.mutate({ action: 'refuse', reason: reason.trim() });
    return <Refusal {...{ reason, setReason, refuse }} busy={act.isPending} error={act.error} />;
  }
  return (
    <div className="space-y-2">
      {act.error !== null && <ErrorState title="Nothing was done" {...errorText(act.error)} />}
      <div className="flex flex-wrap gap-2">
        {can.approve && (
          <Button variant="primary" busy={doing('approve')} onClick={() => act.mutate({ action: 'approve' })}>
            Approve
          </Button>
        )}
        {can.refuse && <Button onClick={() => setReason('')}>Refuse…</Button>}
        {can.run && (
          <Button variant="danger" busy={doing('run')} onClick={() => act.mutate({ action: 'run' })}>
            Run it now
          </Button>
        )}
        {can.withdraw && (
          <Button busy={doing('withdraw')} onClick={() => act.mutate({ action: 'withdraw' })}>
            Withdraw
          </Button>
        )}
      </div>
      {state === 'waiting' && can.withdraw && (
        <p className="text-muted text-xs">Somebody else must approve it before you can run it.</p>
      )}
    </div>
  );
}

interface RefusalProps {
  reason: string;
  setReason: (reason: string | null) => void;
  refuse: () => void;
  busy: boolean;
  error: Error | null;
}

function Refusal({ reason, setReason, refuse, busy, error }: RefusalProps) {
  const isReady = reason.trim().length >= 3;
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !busy) refuse();
      }}
    >
      <Field label="Why is it refused?">
        {(control) => (
          <Input {...control} autoFocus value={reason} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
      {error !== null && <ErrorState title="Nothing was done" {...errorText(error)} />}
      <div className="flex gap-2">
        <Button onClick={() => setReason(null)}>Back</Button>
        <Button type="submit" variant="danger" disabled={!isReady} busy={busy}>
          Refuse
        </Button>
      </div>
    </form>
  );
}
