'use client';

import type { ResultPlace } from '@/components/results/place';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useRelease } from '@/lib/client/use-release';
import type { Keyspace } from '@/lib/contract/schema';
import type { Step, StepEnd } from '@/lib/workbench/run';
import { runFacts } from '@/lib/workbench/run-words';
import ErrorCard from '../run/error-card';
import type { FailurePlace } from '../run/failure-place';
import { Done } from '../run/step-result';

interface KeptOutcomeProps {
  step: Step;
  end: StepEnd;
  keyspaces: readonly Keyspace[];
  keyspace: string | null;
  place: ResultPlace;
  failure: FailurePlace;
  onAgain: () => void;
}

/** A statement of which only the outcome is kept: it returned no rows, or its rows left memory. */
export default function KeptOutcome(props: KeptOutcomeProps) {
  const { step, end, keyspaces, keyspace, place, failure, onAgain } = props;
  const { error, outcome } = end;
  const release = useRelease(place.cluster);
  if (outcome === 'failed' && error !== undefined) {
    const shown = { statement: step.text, error, keyspaces, keyspace, release };
    return <ErrorCard {...shown} {...failure} />;
  }
  if (outcome === 'stopped' && end.rows === 0) {
    return (
      <EmptyState title="Stopped while it was running">
        Whether it changed something is not known. Check before you run it again.
      </EmptyState>
    );
  }
  if (outcome === 'done' || outcome === 'schema_change') return <Done step={step} end={end} />;
  const isRead = !step.classification.isWrite;
  return (
    <EmptyState title={runFacts(end)} action={isRead && <Button onClick={onAgain}>Read its rows again</Button>}>
      Of a long script, the latest results are kept in memory. The rows of this one are no longer among them.
    </EmptyState>
  );
}
