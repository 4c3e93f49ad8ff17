'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import { clustersQuery, schemaQuery } from '@/lib/client/queries';
import type { Keyspace } from '@/lib/contract/schema';
import { ColumnPicker } from './column-picker';
import { CostLine } from './cost-line';
import { curlCommand } from './curl';
import { planExport } from './export-plan';
import { type ExportChoices, exportFileName, exportHref, exportRequest, fitsInAddress } from './export-request';
import { FormatFields } from './format-fields';
import { SourceFields } from './source-fields';
import { type ExportChoicesState, useExportChoices } from './use-export-choices';

interface ExportFormProps {
  cluster: string;
  onDownload: (choices: ExportChoices) => void;
}

/** One sheet: what, columns, format, options, cost, the curl that does the same, and Download. */
export function ExportForm({ cluster, onDownload }: ExportFormProps) {
  const state = useExportChoices();
  const schema = useQuery(schemaQuery(cluster));
  const { data: clusters } = useQuery(clustersQuery());
  if (schema.isPending) return <FormSkeleton />;
  if (schema.data === undefined) {
    return (
      <ErrorState
        title="The schema could not be read"
        {...errorText(schema.error)}
        onRetry={() => void schema.refetch()}
        retrying={schema.isFetching}
      />
    );
  }
  const { keyspaces } = schema.data;
  const summary = clusters?.clusters.find(({ name }) => name === cluster);
  const table = tableOf(keyspaces, state);
  const plan = state.choices === null ? undefined : planExport(state.choices.source, keyspaces);
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (state.choices !== null && (plan?.problem ?? null) === null) onDownload(state.choices);
      }}
    >
      <SourceFields keyspaces={keyspaces} state={state} />
      {table !== undefined && (
        <ColumnPicker
          columns={table.columns}
          chosen={state.address.columns}
          onChange={(columns) => state.set({ columns })}
        />
      )}
      <FormatFields state={state} clusterConsistency={summary?.consistency} />
      {plan !== undefined && state.choices !== null && (
        <CostLine cluster={cluster} source={state.choices.source} plan={plan} />
      )}
      <DownloadLine cluster={cluster} state={state} problem={plan?.problem ?? null} />
      {state.choices !== null && <CurlBlock cluster={cluster} choices={state.choices} />}
    </form>
  );
}

interface DownloadLineProps {
  cluster: string;
  state: ExportChoicesState;
  /** Why Cassandra would not serve it. */
  problem: string | null;
}

function DownloadLine({ cluster, state: { choices, missing }, problem }: DownloadLineProps) {
  const id = useId();
  const tooLong = choices !== null && !fitsInAddress(exportHref(cluster, exportRequest(choices, crypto.randomUUID())));
  const unserved = problem === null ? missing : `Cassandra does not serve these filters: ${problem}.`;
  const reason = tooLong ? 'This is too long for a browser’s download: use the curl below.' : unserved;
  return (
    <div className="flex items-center gap-3">
      <Button
        type="submit"
        variant="primary"
        disabled={reason !== null}
        aria-describedby={reason === null ? undefined : id}
        icon={<Download size={14} aria-hidden="true" />}
      >
        Download
      </Button>
      {reason !== null && (
        <p id={id} className="text-muted text-sm">
          {reason}
        </p>
      )}
    </div>
  );
}

function CurlBlock({ cluster, choices }: { cluster: string; choices: ExportChoices }) {
  const command = curlCommand(
    window.location.origin,
    cluster,
    exportRequest(choices),
    exportFileName(choices.source, choices.format),
  );
  return (
    <div>
      <div className="flex items-center justify-between">
        <p className="font-medium text-muted text-xs">The same on the command line</p>
        <CopyButton text={command} label="Copy the curl command" />
      </div>
      <pre className="whitespace-pre-wrap break-all rounded border border-line bg-canvas p-2 text-xs">{command}</pre>
    </div>
  );
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
