import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadOnSpark } from '@/components/spark/move-on-spark';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import { jobQuery, jobsQuery } from '@/lib/client/jobs';
import { loadPreviewQuery, startLoad } from '@/lib/client/load';
import type { TablePlace } from '@/lib/client/place';
import type { Job } from '@/lib/contract/jobs';
import type { LoadPreview } from '@/lib/contract/load';
import { plural } from '@/lib/text/format';
import { FormatFields } from './format-fields';
import { draftOf, FIRST_DRAFT, type LoadDraft, problemsOf, requestOf } from './load-draft';
import { LoadJobView } from './load-job-view';
import { MappingTable } from './mapping-table';
import { OptionsFields } from './options-fields';
import { RecordsTable } from './records-table';
import { SourcePanel } from './source-panel';
import { StartPanel } from './start-panel';

interface LoadFormProps extends WithAgain {
  /** The job whose failed records are loaded again; null: a file is loaded. */
  again: string | null;
}

/** A load of a file, or of the failed records of a job. */
export function LoadForm({ place, again, onAgain }: LoadFormProps) {
  if (again !== null) return <LoadAgain key={again} {...{ place, onAgain }} job={again} />;
  return <OneLoad {...{ place, onAgain }} first={FIRST_DRAFT} earlier={null} />;
}

interface WithAgain {
  place: TablePlace;
  /** Loads the failed records of the job with this id. */
  onAgain: (job: string) => void;
}

/** The failed records of a job, with what that job did to its records. */
function LoadAgain({ place, job, onAgain }: WithAgain & { job: string }) {
  const { cluster, keyspace, table } = place;
  const from = { job };
  const earlier = useQuery(jobQuery(job));
  const asked = useQuery(loadPreviewQuery(cluster, { keyspace, table, from }));
  const error = earlier.error ?? asked.error;
  if (error !== null) return <ErrorState title="The failed records cannot be loaded again" {...errorText(error)} />;
  if (earlier.data == null || asked.data === undefined) {
    return (
      <Loading label="Reading the failed records">
        <Skeleton className="h-40" />
      </Loading>
    );
  }
  const { request } = asked.data;
  const first = request === null ? { ...FIRST_DRAFT, from } : draftOf(request);
  return <OneLoad {...{ place, onAgain, first }} earlier={earlier.data} />;
}

interface OneLoadProps extends WithAgain {
  first: LoadDraft;
  /** The load whose failed records are loaded; null: a file is. */
  earlier: Job | null;
}

/** Another file says nothing about the columns of this one. */
const UNKNOWN: Partial<LoadDraft> = { source: {}, mapping: null };

/** One load, from its file to its job. */
function OneLoad({ place, first, earlier, onAgain }: OneLoadProps) {
  const [draft, setDraft] = useState<LoadDraft>(first);
  const [started, setStarted] = useState<Job | null>(null);
  const job = started ?? earlier;
  // The file of failed records, once it is mended, has their form and their columns.
  const isMended = earlier !== null && started === null;
  const change = (some: Partial<LoadDraft>) => setDraft((now) => ({ ...now, ...some }));
  const preview = useQuery(loadPreviewQuery(place.cluster, requestOf(place, draft)));
  const start = useStartLoad(place.cluster, (begun) => {
    setStarted(begun);
    // Its file is the job's from now on.
    setDraft(FIRST_DRAFT);
  });
  const shown = draft.from === null ? undefined : preview.data;
  return (
    <div className="space-y-4">
      {job !== null && (
        <Panel title={started === null ? 'The load whose records failed' : 'The load that you started'}>
          <LoadJobView key={job.id} started={job} onFailed={started === null ? null : () => onAgain(job.id)} />
        </Panel>
      )}
      <Panel title={job === null ? 'File' : 'Another file'}>
        <SourcePanel
          key={started?.id}
          cluster={place.cluster}
          from={draft.from}
          onFrom={(from) => change(isMended ? { from } : { from, ...UNKNOWN })}
        />
      </Panel>
      {draft.from !== null && preview.error !== null && (
        <ErrorState
          title="This file cannot be previewed"
          {...errorText(preview.error)}
          onRetry={() => void preview.refetch()}
          retrying={preview.isFetching}
        />
      )}
      {draft.from !== null && shown === undefined && preview.isFetching && (
        <Loading label="Reading the first records">
          <Skeleton className="h-40" />
        </Loading>
      )}
      {shown !== undefined && (
        <Previewed preview={shown} draft={draft} onChange={change}>
          <StartPanel
            cluster={place.cluster}
            preview={shown}
            isStale={preview.isPlaceholderData || preview.error !== null || requestOf(place, draft) === null}
            starting={start.isPending}
            error={start.error}
            onStart={(input) => start.mutate(input, { onError: () => void preview.refetch() })}
          />
          <LoadOnSpark cluster={place.cluster} load={shown.request} />
        </Previewed>
      )}
    </div>
  );
}

function useStartLoad(cluster: string, onStarted: (job: Job) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Parameters<typeof startLoad>[1]) => startLoad(cluster, input),
    onSuccess: (job) => {
      onStarted(job);
      void client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
    },
  });
}

interface PreviewedProps {
  preview: LoadPreview;
  draft: LoadDraft;
  onChange: (change: Partial<LoadDraft>) => void;
  children: React.ReactNode;
}

/** What the file is, what becomes of it, and how. */
function Previewed({ preview, draft, onChange, children }: PreviewedProps) {
  const { source, guesses, fields, mapping, records, files } = preview;
  const good = records.filter(({ problem }) => problem === null).length;
  return (
    <>
      <Panel title="How it is read" note={files.length > 1 ? plural(files.length, 'file') : undefined}>
        <FormatFields
          chosen={draft.source}
          found={source}
          guesses={guesses}
          fields={fields}
          onChange={(next) => onChange({ source: next })}
        />
      </Panel>
      <Panel title="Columns" note={draft.mapping === null ? 'matched by their names' : undefined} flush>
        <MappingTable
          preview={preview}
          mapping={draft.mapping ?? mapping}
          onChange={(next) => onChange({ mapping: next })}
        />
      </Panel>
      {preview.problem !== null && <Notice tone="warn">{preview.problem}</Notice>}
      <Panel title="The first records" note={`${good} of ${plural(records.length, 'record')} can be written`} flush>
        <RecordsTable records={records} mapped={mapping.map(({ to }) => to)} />
      </Panel>
      <Panel title="How it is written">
        <OptionsFields draft={draft} problems={problemsOf(draft)} fields={fields} onChange={onChange} />
      </Panel>
      {children}
    </>
  );
}
