'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { lazy, type ReactNode } from 'react';
import { CountPanel } from '@/components/results/count/count-panel';
import { FailureState } from '@/components/shell/failure-state';
import { Later } from '@/components/ui/later';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { clustersQuery, schemaQuery } from '@/lib/client/queries';
import { type SearchState, useSearchState } from '@/lib/client/use-search-state';
import { FORMATS } from '@/lib/contract/export-formats';
import type { Keyspace } from '@/lib/contract/schema';
import type { SparkRequest } from '@/lib/contract/spark';
import { ColumnPicker } from './column-picker';
import { CommandBlocks } from './command-blocks';
import { CostLine } from './cost-line';
import { DestinationFields } from './destination-fields';
import { type ExportPlan, lackedExport, planExport } from './export-plan';
import type { Destination, ExportChoices } from './export-request';
import { CompressionField, FormatFields } from './format-fields';
import { ConsistencyField, ReadingFields } from './reading-fields';
import { SourceFields } from './source-fields';
import { type StartedHere, StartLine, whyNot } from './start-line';
import { unreadExportParts } from './unread-export';
import { type ExportChoicesState, useExportChoices } from './use-export-choices';

const SparkPlan = lazy(() => import('../spark/spark-plan').then((spark) => ({ default: spark.SparkPlanPanel })));
const UnreadExportGate = lazy(() => import('./unread-export-gate'));

const UNREAD: SearchState<ReturnType<typeof unreadExportParts>> = {
  read: unreadExportParts,
  write: (search) => search,
};

interface ExportFormProps {
  cluster: string;
  starting: boolean;
  onStart: (choices: ExportChoices, to: StartedHere) => void;
  onStartSpark: (request: SparkRequest) => void;
  onRepeat: (choices: ExportChoices) => void;
  /** Why the last one did not start, beside the button. */
  failure: ReactNode;
}

/** The form, as its address fills it; what cannot be read of the address is named in its place. */
export function ExportForm(props: ExportFormProps) {
  const [unread] = useSearchState(UNREAD);
  if (unread.length === 0) return <FilledForm {...props} />;
  return (
    <Later>
      <UnreadExportGate parts={unread} />
    </Later>
  );
}

/** One form: what, columns, format, options, cost, the commands that do the same, and one button. */
function FilledForm({ cluster, starting, onStart, onStartSpark, onRepeat, failure }: ExportFormProps) {
  const state = useExportChoices();
  const schema = useQuery(schemaQuery(cluster));
  const clusterConsistency = useClusterConsistency(cluster);
  if (schema.isPending) return <FormSkeleton />;
  if (schema.data === undefined) {
    return (
      <FailureState
        title="Could not read the schema"
        error={schema.error}
        onRetry={() => void schema.refetch()}
        retrying={schema.isFetching}
      />
    );
  }
  const { keyspaces } = schema.data;
  const { choices, address, set } = state;
  const table = tableOf(keyspaces, state);
  const plan = choices === null ? undefined : planExport(choices.source, keyspaces);
  const unserved = plan?.problem == null ? null : `Cassandra cannot run these filters: ${plan.problem}.`;
  const lacking = choices === null ? null : lackedExport(choices.source, keyspaces);
  const reason = state.missing ?? lacking ?? unserved ?? (choices === null ? null : whyNot(choices, address.to));
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (choices !== null && reason === null && address.to !== 'spark') onStart(choices, address.to);
      }}
    >
      <SourceFields keyspaces={keyspaces} state={state} />
      {table !== undefined && (
        <ColumnPicker columns={table.columns} chosen={address.columns} onChange={(columns) => set({ columns })} />
      )}
      <FormatFields state={state} />
      <div className="space-y-1">
        <div className={clsx('mb-3 grid gap-3', FORMATS[address.format].isCompressible && 'grid-cols-[1fr_2fr]')}>
          {FORMATS[address.format].isCompressible && <CompressionField state={state} />}
          <ConsistencyField state={state} clusterConsistency={clusterConsistency} />
        </div>
        <ReadingFields state={state} />
      </div>
      <DestinationFields to={address.to} onChange={(to) => set({ to })} />
      {plan !== undefined && choices !== null && lacking === null && (
        <Planned {...{ cluster, choices, plan }} to={address.to} onFiltering={(filtering) => set({ filtering })} />
      )}
      {lacking !== null && address.to === 'spark' ? (
        <p className="text-muted text-sm">{lacking}</p>
      ) : (
        <Ending
          {...{ cluster, choices, reason, starting, failure, onStartSpark }}
          to={address.to}
          onRepeat={choices === null || unserved !== null || lacking !== null ? null : () => onRepeat(choices)}
        />
      )}
    </form>
  );
}

interface PlannedProps {
  cluster: string;
  choices: ExportChoices;
  plan: ExportPlan;
  to: Destination;
  onFiltering: (allowed: boolean) => void;
}

/** What the export will cost, and the commands that do the same. */
function Planned({ cluster, choices, plan, to, onFiltering }: PlannedProps) {
  const { source, consistency } = choices;
  return (
    <>
      <CostLine {...{ cluster, source, plan, onFiltering }}>
        {source.kind === 'table' && plan.problem === null && (
          <CountPanel cluster={cluster} {...source} consistency={consistency ?? undefined} />
        )}
      </CostLine>
      {to !== 'spark' && <CommandBlocks {...{ cluster, choices, plan, to }} />}
    </>
  );
}

interface EndingProps extends Pick<ExportFormProps, 'cluster' | 'starting' | 'failure' | 'onStartSpark'> {
  choices: ExportChoices | null;
  /** Why it cannot start here; null when it can. */
  reason: string | null;
  to: Destination;
  /** Null: there is nothing to repeat. */
  onRepeat: (() => void) | null;
}

/** The button that starts it, or what Spark makes of it. */
function Ending({ cluster, choices, reason, to, starting, failure, onStartSpark, onRepeat }: EndingProps) {
  if (to === 'spark') {
    return (
      <Later fallback={<Skeleton className="h-24" />}>
        <SparkPlan {...{ cluster, choices, starting, failure }} onStart={onStartSpark} />
      </Later>
    );
  }
  return <StartLine {...{ to, reason, busy: starting, failure, onRepeat }} />;
}

function useClusterConsistency(cluster: string) {
  const { data } = useQuery(clustersQuery());
  return data?.clusters.find(({ name }) => name === cluster)?.consistency;
}

function tableOf(keyspaces: readonly Keyspace[], { address }: ExportChoicesState) {
  if (address.statement !== null) return undefined;
  return keyspaces.find(({ name }) => name === address.keyspace)?.tables.find(({ name }) => name === address.table);
}

function FormSkeleton() {
  return (
    <Loading label="Reading the schema">
      <div className="space-y-4">
        {['what', 'columns', 'format', 'download'].map((part) => (
          <Skeleton key={part} className="h-12" />
        ))}
      </div>
    </Loading>
  );
}
