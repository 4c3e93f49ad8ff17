import { useId } from 'react';
import { Age } from '@/components/shell/age';
import { CopyButton } from '@/components/ui/copy-button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Select } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { type PlanStep, planText, type SizeEstimate } from '@/lib/cluster/change-plan';
import type { NodeChange } from '@/lib/ring/change';
import type { RingNode } from '@/lib/ring/placement';
import { formatBytes, formatShare } from '@/lib/text/format';
import type { Replicated } from './board';

type KeyspaceFieldProps = {
  label: string;
  keyspaces: readonly Replicated[];
  keyspace: string | undefined;
  onChoose: (name: string) => void;
};

export function KeyspaceField({ label, keyspaces, keyspace, onChoose }: KeyspaceFieldProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium text-muted text-xs">
        {label}
      </label>
      <Select id={id} value={keyspace} onChange={(event) => onChoose(event.target.value)}>
        {keyspaces.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </div>
  );
}

type OwnershipProps = {
  keyspace: string;
  nodes: readonly RingNode[];
  changes: readonly NodeChange[];
  size: SizeEstimate | undefined;
};

/** Who owns how much before and after, and what each node gets and gives up. */
export function Ownership({ keyspace, nodes, changes, size }: OwnershipProps) {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const bytes = (share: number) =>
    share === 0 ? '–' : size === undefined ? formatShare(share) : `~${formatBytes(share * size.bytes)}`;
  const column = (id: string, header: string, cell: (change: NodeChange) => string): DataColumn<RingNode> => {
    return {
      id,
      header,
      align: 'right',
      cell: ({ id: node }) => {
        const change = byId.get(node);
        return change === undefined ? '–' : cell(change);
      },
    };
  };
  return (
    <DataTable
      caption={`Ownership of ${keyspace} before and after`}
      rows={nodes}
      rowKey={({ id }) => id}
      columns={[
        { id: 'node', header: 'Node', rowHeader: true, mono: true, cell: ({ id }) => id },
        { id: 'place', header: 'Datacenter / rack', cell: ({ datacenter, rack }) => `${datacenter} / ${rack}` },
        column('before', 'Owns now', ({ before }) => formatShare(before)),
        column('after', 'Owns then', ({ after }) => formatShare(after)),
        column('gained', 'Receives', ({ gained }) => bytes(gained)),
        column('dropped', 'Can delete', ({ dropped }) => bytes(dropped)),
      ]}
    />
  );
}

/** How much moves in all, with where the figure comes from and how old it is. */
export function Moved({
  share,
  size,
  asOf,
}: {
  share: number;
  size: SizeEstimate | undefined;
  asOf: string | undefined;
}) {
  if (share === 0) return <p>No data moves.</p>;
  const copies = `${formatShare(share)} of one copy of its rows`;
  if (size === undefined) {
    return <p>{copies} must move. How large a copy is, is not known: no node has estimated this keyspace yet.</p>;
  }
  return (
    <p>
      About <strong>{formatBytes(share * size.bytes)}</strong> must move: {copies}.{' '}
      <span className="text-muted text-sm">
        An estimate: a copy is {formatBytes(size.bytes)}, {size.source}
        {asOf !== undefined && (
          <>
            , <Age asOf={asOf} />
          </>
        )}
        .
      </span>
    </p>
  );
}

export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="warn">
      <ul className="flex flex-col gap-1">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What a person runs, in order. Ringside runs none of it. */
export function Plan({ steps }: { steps: readonly PlanStep[] }) {
  const text = planText(steps);
  return (
    <Panel
      title="What to run, in this order"
      note="Ringside runs none of it"
      actions={<CopyButton text={text} label="Copy the plan" />}
    >
      <ol className="flex flex-col gap-2" aria-label="Steps">
        {steps.map(({ where, run, why }) => (
          <li key={`${where} ${run}`} className="min-w-0">
            <p className="text-muted text-sm">
              {where}: {why}
            </p>
            <pre className="thin-scrollbar overflow-x-auto font-mono text-xs" tabIndex={-1}>
              {run}
            </pre>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
