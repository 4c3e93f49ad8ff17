import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Fold } from '@/components/ui/fold';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { jobQuery, jobsQuery } from '@/lib/client/jobs';
import { startOnSpark } from '@/lib/client/spark';
import { useDebounced } from '@/lib/client/use-debounced';
import type { CopyRequest } from '@/lib/contract/copy';
import type { Job } from '@/lib/contract/jobs';
import type { LoadRequest } from '@/lib/contract/load';
import type { SparkRequest } from '@/lib/contract/spark';
import { sparkFacts } from '@/lib/spark/plan/progress-words';
import { copyOnSpark, loadOnSpark } from './move-requests';
import { PlannedOnSpark } from './planned-on-spark';

const TYPING_MS = 400;

interface CopyOnSparkProps {
  cluster: string;
  /** Null: something is missing in the form. */
  copy: CopyRequest | null;
  /** Names of the source's columns. */
  columns: readonly string[];
}

/** The second place where a copy can run: nothing is asked of the server before it is opened. */
export function CopyOnSpark(props: CopyOnSparkProps) {
  return <Instead what="Copy">{() => <CopyPlan {...props} />}</Instead>;
}

function CopyPlan({ cluster, copy, columns }: CopyOnSparkProps) {
  const [failed, setFailed] = useState('');
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const typed = useDebounced(failed, TYPING_MS);
  const request =
    copy === null ? 'Fill in the form first.' : copyOnSpark(cluster, copy, { columns, failed: typed, accepted });
  return (
    <>
      <FailedField value={failed} onChange={setFailed} isNeeded={false} />
      <Request cluster={cluster} request={request} onAccept={setAccepted} />
    </>
  );
}

interface LoadOnSparkProps {
  cluster: string;
  /** Null: something is missing in the form. */
  load: LoadRequest | null;
}

/** The second place where a load can run: nothing is asked of the server before it is opened. */
export function LoadOnSpark(props: LoadOnSparkProps) {
  return <Instead what="Load">{() => <LoadPlan {...props} />}</Instead>;
}

function LoadPlan({ cluster, load }: LoadOnSparkProps) {
  const [path, setPath] = useState(load !== null && 'path' in load.from ? load.from.path : '');
  const [failed, setFailed] = useState('');
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const [typedPath, typedFailed] = [useDebounced(path, TYPING_MS), useDebounced(failed, TYPING_MS)];
  const request =
    load === null ? 'Fill in the form first.' : loadOnSpark(load, { path: typedPath, failed: typedFailed, accepted });
  return (
    <>
      <Field label="Files" hint="A file or directory, as every worker of Spark sees it.">
        {(control) => <Input {...control} mono value={path} onChange={({ target }) => setPath(target.value)} />}
      </Field>
      <FailedField value={failed} onChange={setFailed} isNeeded />
      <Request cluster={cluster} request={request} onAccept={setAccepted} />
    </>
  );
}

function Instead({ what, children }: { what: string; children: () => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Fold title={`${what} on Spark instead, past one machine`} onToggle={setOpen}>
      {isOpen && (
        <section aria-label="On Spark" className="space-y-3">
          {children()}
        </section>
      )}
    </Fold>
  );
}

interface FailedFieldProps {
  value: string;
  isNeeded: boolean;
  onChange: (path: string) => void;
}

function FailedField({ value, isNeeded, onChange }: FailedFieldProps) {
  const when = isNeeded ? '' : ' Leave empty if every value fits.';
  return (
    <Field label="Rows that do not fit" hint={`A new directory that every worker can write to.${when}`}>
      {(control) => <Input {...control} mono value={value} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  );
}

interface RequestProps {
  cluster: string;
  /** A text says why there is none. */
  request: SparkRequest | string;
  onAccept: (columns: readonly string[]) => void;
}

function Request({ cluster, request, onAccept }: RequestProps) {
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: ({ asked, confirmName }: { asked: SparkRequest; confirmName: string | undefined }) =>
      startOnSpark(cluster, asked, confirmName),
    onSuccess: () => void client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true }),
  });
  if (start.data !== undefined) return <StartedOnSpark started={start.data} />;
  if (typeof request === 'string') return <Notice>{request}</Notice>;
  return (
    <PlannedOnSpark
      cluster={cluster}
      request={request}
      onAccept={onAccept}
      starting={start.isPending}
      onStart={(asked, confirmName) => start.mutate({ asked, confirmName })}
      failure={start.error === null ? null : <ErrorState title="The job did not start" {...errorText(start.error)} />}
    />
  );
}

function StartedOnSpark({ started }: { started: Job }) {
  const { state, spark, error } = useQuery(jobQuery(started.id)).data ?? started;
  return (
    <div className="space-y-2 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={state === 'failed' ? 'danger' : state === 'complete' ? 'ok' : 'accent'}>{state}</Badge>
        {spark === undefined ? null : sparkFacts(spark).join(' · ')}
      </p>
      {error !== null && <ErrorState {...errorText(new ApiFailure(error, 0))} />}
      <p className="text-muted text-xs">It runs on when this page is closed. Cancel it with the jobs, under Exports.</p>
    </div>
  );
}
