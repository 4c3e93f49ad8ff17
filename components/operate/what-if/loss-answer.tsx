import clsx from 'clsx';
import { StatusDot } from '@/components/ui/badge';
import { Panel } from '@/components/ui/panel';
import type { ChosenCell } from '@/lib/cluster/what-if';
import { type Answer, levelName, meaningOf } from '@/lib/cluster/what-if-words';
import type { Standing } from '@/lib/ring/loss';

const SURFACES: Readonly<Record<Answer['tone'], string>> = {
  ok: 'bg-ok-soft',
  warn: 'bg-warn-soft',
  danger: 'bg-danger-soft',
  neutral: 'bg-hover',
};

/** Can these nodes be lost? */
export function LossAnswer({ answer }: { answer: Answer | undefined }) {
  return (
    <p
      role="status"
      aria-label="Can these nodes be lost?"
      className={clsx('flex items-baseline gap-2 rounded-md px-4 py-2.5', SURFACES[answer?.tone ?? 'neutral'])}
    >
      <StatusDot tone={answer?.tone ?? 'neutral'} />
      <span className="min-w-0 break-words">
        {answer?.text ?? 'There is no keyspace of yours yet, so there is nothing to lose.'}
      </span>
    </p>
  );
}

type LossMeaningProps = { chosen: ChosenCell; standings: ReadonlyMap<string, Standing> };

/** One cell of the table in words, and what to do about it. */
export function LossMeaning({ chosen: { keyspace, cell }, standings }: LossMeaningProps) {
  const { what, todo } = meaningOf(keyspace, cell, standings);
  return (
    <Panel title={`${levelName(cell)} on ${keyspace.name}`} note={keyspace.replication}>
      <p>{what}</p>
      {todo !== undefined && <p className="mt-2 text-muted">{todo}</p>}
    </Panel>
  );
}
