'use client';

import { type ReactNode, useState } from 'react';
import { PlannedOnSpark } from '@/components/spark/planned-on-spark';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useDebounced } from '@/lib/client/use-debounced';
import type { SparkRequest } from '@/lib/contract/spark';
import type { ExportChoices } from '../form/export-request';
import { sparkRequest } from './spark-request';

interface SparkPlanProps {
  cluster: string;
  /** Null while something is missing. */
  choices: ExportChoices | null;
  starting: boolean;
  onStart: (request: SparkRequest) => void;
  /** Why the last one did not start. */
  failure: ReactNode;
}

const TYPING_MS = 400;

/** What Spark would make of an export: columns to confirm, an estimate, the script and its command, and the start. */
export function SparkPlanPanel({ cluster, choices, starting, onStart, failure }: SparkPlanProps) {
  const [target, setTarget] = useState('');
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const typed = useDebounced(target, TYPING_MS);
  const request = choices === null ? 'Choose what to export.' : sparkRequest(choices, { target: typed, accepted });
  return (
    <section aria-label="On Spark" className="space-y-3">
      <Field
        label="Target"
        hint="A new directory that every worker can write to. Leave empty for the job’s own, with a local master."
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={target}
            placeholder="s3a://bucket/orders"
            onChange={(event) => setTarget(event.target.value)}
          />
        )}
      </Field>
      <p className="text-faint text-xs">The options of the format and the pace above do not apply to Spark.</p>
      {typeof request === 'string' ? (
        <Notice>{request}</Notice>
      ) : (
        <PlannedOnSpark {...{ cluster, request, starting, onStart, failure }} isSticky onAccept={setAccepted} />
      )}
    </section>
  );
}
