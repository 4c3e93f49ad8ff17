import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Checkbox, Select } from '@/components/ui/input';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { ApiFailure } from '@/lib/client/http';
import { topologyQuery } from '@/lib/client/topology-query';
import { replicaResultsQuery } from '@/lib/client/traces';
import { type Consistency, defaultConsistencySchema } from '@/lib/contract/common';
import { COMPARED_NODES, COMPARED_ROWS } from '@/lib/contract/limits';
import type { ReplicaResultsRequest } from '@/lib/contract/replica-results';
import type { BoundValues } from '@/lib/workbench/parameter-values';
import type { RunSettings } from '@/lib/workbench/run';
import { ReplicaResults } from './replica-results';

interface ReplicaPanelProps {
  cluster: string;
  statement: string;
  settings: Pick<RunSettings, 'keyspace'>;
  /** Values of its bind markers. */
  params?: BoundValues['params'] | undefined;
}

const LEVELS = defaultConsistencySchema.options.filter((level) => level !== 'ANY');

/** Runs a SELECT of one partition on each replica, or by chosen coordinators, and compares what they return. */
export default function ReplicaPanel({ cluster, statement, settings, params }: ReplicaPanelProps) {
  const [nodes, setNodes] = useState<readonly string[]>([]);
  const [consistency, setConsistency] = useState<Exclude<Consistency, 'SERIAL' | 'LOCAL_SERIAL'>>('ONE');
  const [asked, setAsked] = useState<ReplicaResultsRequest | null>(null);
  const request = useMemo(
    (): ReplicaResultsRequest => ({
      statement,
      consistency,
      ...(settings.keyspace === null ? {} : { keyspace: settings.keyspace }),
      ...(params === undefined ? {} : { params: [...params] }),
      ...(nodes.length === 0 ? {} : { nodes: [...nodes] }),
    }),
    [statement, consistency, settings.keyspace, params, nodes],
  );
  return (
    <section
      aria-label="On each replica"
      className="thin-scrollbar flex h-full flex-col gap-3 overflow-auto bg-surface p-3 text-sm"
    >
      <p className="text-muted text-xs">
        Runs the statement once through each node, with tracing, and compares the first {COMPARED_ROWS} rows. At ONE a
        replica that coordinates reads its own data; the trace proves it.
      </p>
      <Coordinators cluster={cluster} picked={nodes} onPick={setNodes} />
      <div className="flex flex-wrap items-center gap-2">
        <Select
          dense
          aria-label="Consistency level on each node"
          className="max-w-40"
          value={consistency}
          onChange={({ target }) => setConsistency(LEVELS.find((level) => level === target.value) ?? 'ONE')}
        >
          {LEVELS.map((level) => (
            <option key={level}>{level}</option>
          ))}
        </Select>
        <Button size="sm" variant="primary" onClick={() => setAsked({ ...request })}>
          {nodes.length === 0 ? 'Run on each replica' : `Run by ${nodes.length} chosen`}
        </Button>
      </div>
      {asked !== null && <Results cluster={cluster} request={asked} />}
    </section>
  );
}

interface CoordinatorsProps {
  cluster: string;
  picked: readonly string[];
  onPick: (nodes: readonly string[]) => void;
}

function Coordinators({ cluster, picked, onPick }: CoordinatorsProps) {
  const { data } = useQuery(topologyQuery(cluster));
  const nodes = data?.nodes ?? [];
  return (
    <details>
      <summary className="w-fit cursor-pointer text-muted text-xs">
        {picked.length === 0 ? 'Coordinators: the replicas of the partition' : `Coordinators: ${picked.join(', ')}`}
      </summary>
      <fieldset className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        <legend className="sr-only">Coordinators</legend>
        {nodes.map(({ address }) => (
          <Checkbox
            key={address}
            className="font-mono text-xs"
            checked={picked.includes(address)}
            disabled={!picked.includes(address) && picked.length >= COMPARED_NODES}
            onChange={({ target }) =>
              onPick(target.checked ? [...picked, address] : picked.filter((one) => one !== address))
            }
          >
            {address}
          </Checkbox>
        ))}
      </fieldset>
    </details>
  );
}

function Results({ cluster, request }: { cluster: string; request: ReplicaResultsRequest }) {
  const { data, error, refetch, isFetching } = useQuery(replicaResultsQuery(cluster, request));
  if (data !== undefined)
    return <ReplicaResults response={data} onAgain={() => void refetch()} isRunning={isFetching} />;
  if (error === null) {
    return (
      <Loading label="Running on each node">
        <Skeleton className="h-24" />
      </Loading>
    );
  }
  const { message, hint, detail } =
    error instanceof ApiFailure
      ? { hint: undefined, detail: undefined, ...error.error }
      : { message: 'It could not be run.', hint: undefined, detail: error.message };
  return (
    <ErrorState message={message} hint={hint} detail={detail} onRetry={() => void refetch()} retrying={isFetching} />
  );
}
