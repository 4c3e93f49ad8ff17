'use client';

import { Pause, Pencil, Play, Trash2, Zap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  keepWords,
  nextWords,
  patternWords,
  readersZone,
  runFacts,
  runStanding,
  scheduleAnchor,
} from '@/components/repeat/schedule-words';
import { ActionButton } from '@/components/shell/action-button';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import { actOnSchedule, schedulesQuery } from '@/lib/client/schedules';
import { useClusterLacks } from '@/lib/client/use-lacks';
import type { Schedule, ScheduleRun } from '@/lib/contract/schedules';

/** Runs that are shown before the others are asked for. */
const FIRST_RUNS = 1;
const LIST = schedulesQuery().queryKey;

interface ScheduleCardProps {
  schedule: Schedule;
  onEdit: () => void;
  onRemove: () => void;
}

/** One schedule: what it does and when, its last run, and what can be done with it. */
export function ScheduleCard({ schedule, onEdit, onRemove }: ScheduleCardProps) {
  const { name, cluster, kind, title, statement, pattern, keep, webhook, runs, timeZone } = schedule;
  const [isWhole, setWhole] = useState(false);
  const lacksExport = useClusterLacks(cluster, 'export');
  const lacksWrite = useClusterLacks(cluster, 'write');
  // A copy reads on its cluster; where it writes, the server knows.
  const mayRun = kind === 'load' ? !lacksWrite : !lacksExport;
  const facts = [patternWords(pattern), keepWords(keep), webhook === null ? '' : `webhook ${webhook}`];
  return (
    <article
      id={scheduleAnchor(name)}
      aria-label={`Schedule ${name}`}
      className="scroll-mt-16 space-y-1 px-4 py-2 target:bg-accent-soft"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="font-medium text-sm">{name}</h3>
        <p className="min-w-0 flex-1 truncate font-mono text-muted text-xs" title={statement}>
          {kind} {cluster} / <Shown text={title} as="name" />
        </p>
        <div className="ml-auto flex flex-wrap items-center justify-end gap-1">
          <ScheduleActions schedule={schedule} mayRun={mayRun} />
          {mayRun && (
            <Button size="sm" icon={<Pencil size={12} aria-hidden="true" />} onClick={onEdit}>
              Edit…
            </Button>
          )}
          <Button size="sm" icon={<Trash2 size={12} aria-hidden="true" />} onClick={onRemove}>
            Remove…
          </Button>
        </div>
      </div>
      <p className="text-sm">{nextWords(schedule, readersZone())}</p>
      <p className="text-faint text-xs">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      <Runs runs={isWhole ? runs : runs.slice(0, FIRST_RUNS)} timeZone={timeZone} />
      {runs.length > FIRST_RUNS && (
        <Button size="sm" variant="ghost" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show the last run only' : `Show the last ${runs.length} runs`}
        </Button>
      )}
    </article>
  );
}

interface ScheduleActionsProps {
  schedule: Schedule;
  /** Who may no longer do what it does can still stop it. */
  mayRun: boolean;
}

function ScheduleActions({ schedule: { name, isPaused }, mayRun }: ScheduleActionsProps): ReactNode {
  const act = (action: 'pause' | 'resume' | 'run') => () => actOnSchedule(name, { action });
  return (
    <>
      {mayRun && (
        <ActionButton act={act('run')} list={LIST} icon={<Zap size={12} aria-hidden="true" />}>
          Run now
        </ActionButton>
      )}
      {isPaused && mayRun && (
        <ActionButton act={act('resume')} list={LIST} variant="primary" icon={<Play size={12} aria-hidden="true" />}>
          Resume
        </ActionButton>
      )}
      {!isPaused && (
        <ActionButton act={act('pause')} list={LIST} icon={<Pause size={12} aria-hidden="true" />}>
          Pause
        </ActionButton>
      )}
    </>
  );
}

function Runs({ runs, timeZone }: { runs: readonly ScheduleRun[]; timeZone: string }) {
  if (runs.length === 0) return <p className="text-faint text-xs">It has not run yet.</p>;
  return (
    <ul aria-label="Last runs" className="space-y-1">
      {runs.map((run) => (
        <RunLine key={run.id} run={run} timeZone={timeZone} />
      ))}
    </ul>
  );
}

function messageColour({ state, failedRows }: ScheduleRun): string {
  if (state === 'failed') return 'text-danger';
  return failedRows > 0 ? 'text-warn' : 'text-muted';
}

function RunLine({ run, timeZone }: { run: ScheduleRun; timeZone: string }) {
  const { tone, label } = runStanding(run);
  const { message, hook } = run;
  return (
    <li className="text-xs">
      <Badge tone={tone}>{label}</Badge> <span className="text-muted">{runFacts(run, timeZone).join(' · ')}</span>
      {message !== null && (
        <span className={`block ${messageColour(run)}`}>
          <Shown text={message} as="text" />
        </span>
      )}
      {hook?.message != null && <span className="block text-warn">The webhook failed: {hook.message}</span>}
    </li>
  );
}
