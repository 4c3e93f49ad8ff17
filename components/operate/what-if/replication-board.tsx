import { useMemo, useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import {
  copySize,
  replicationOptions,
  replicationSteps,
  replicationWarnings,
  type WantedReplication,
  wantedOf,
} from '@/lib/cluster/change-plan';
import { replicationInWords } from '@/lib/cluster/replication-words';
import { changeOf } from '@/lib/ring/change';
import { parseReplication } from '@/lib/ring/replication';
import { type Board, type Replicated, replicatedOf } from './board';
import { KeyspaceField, Moved, Ownership, Plan, Warnings } from './plan-parts';
import { useWhatIf } from './use-what-if';

/** Another replication for one keyspace: what moves, what to run, and what to look out for. */
export function ReplicationBoard(board: Board) {
  const [state, setState] = useWhatIf();
  const changeable = useMemo(
    () => replicatedOf(board.keyspaces).filter(({ replication }) => wantedOf(replication) !== undefined),
    [board.keyspaces],
  );
  const keyspace = changeable.find(({ name }) => name === state.keyspace) ?? changeable[0];
  if (keyspace === undefined) {
    return <EmptyState title="No keyspace to change" />;
  }
  const choose = (name: string) => setState({ keyspace: name });
  return <Edited key={keyspace.name} board={board} keyspace={keyspace} changeable={changeable} onChoose={choose} />;
}

type EditedProps = {
  board: Board;
  keyspace: Replicated;
  changeable: readonly Replicated[];
  onChoose: (name: string) => void;
};

function Edited({ board, keyspace, changeable, onChoose }: EditedProps) {
  const { members, sizes } = board;
  const present = useMemo(() => wantedOf(keyspace.replication), [keyspace]);
  const [edited, setEdited] = useState<WantedReplication>();
  const wanted = edited ?? present;
  const change = useMemo(() => changeTo(members, keyspace, wanted), [members, keyspace, wanted]);
  if (wanted === undefined || change === undefined) return null;
  const copies = change.nodes.reduce((sum, { before }) => sum + before, 0);
  const size = sizes === undefined ? undefined : copySize(sizes, keyspace.name, copies);
  const plan = { keyspace: keyspace.name, wanted, change, nodes: members };
  const isSame = present !== undefined && sameReplication(present, wanted);
  return (
    <>
      <Panel title="Another replication">
        <div className="flex flex-wrap items-start gap-4">
          <KeyspaceField label="Keyspace" keyspaces={changeable} keyspace={keyspace.name} onChoose={onChoose} />
          <ReplicationFields datacenters={datacentersOf(members)} wanted={wanted} onChange={setEdited} />
        </div>
        <p className="mt-3 text-muted text-sm">{replicationInWords(replicationOptions(wanted))}</p>
        <div className="mt-2">
          {isSame ? (
            <p>This is the present replication. Change it to see what would move.</p>
          ) : (
            <Moved share={change.gained} size={size} asOf={sizes?.asOf} />
          )}
        </div>
      </Panel>
      {!isSame && <Warnings warnings={replicationWarnings(plan, members)} />}
      <Panel title="Ownership" flush>
        <Ownership keyspace={keyspace.name} nodes={members} changes={change.nodes} size={size} />
      </Panel>
      {!isSame && <Plan steps={replicationSteps(plan)} />}
    </>
  );
}

function changeTo(
  members: Board['members'],
  { replication: before }: Replicated,
  wanted: WantedReplication | undefined,
) {
  const after = wanted === undefined ? undefined : parseReplication(replicationOptions(wanted));
  if (after === undefined || after.kind === 'unknown') return undefined;
  return changeOf({ nodes: members, replication: before }, { nodes: members, replication: after });
}

function datacentersOf(members: Board['members']): string[] {
  return [...new Set(members.map(({ datacenter }) => datacenter))].sort((a, b) => a.localeCompare(b, 'en'));
}

function sameReplication(a: WantedReplication, b: WantedReplication): boolean {
  const text = (wanted: WantedReplication) => JSON.stringify(Object.entries(replicationOptions(wanted)).sort());
  return text(a) === text(b);
}

type ReplicationFieldsProps = {
  datacenters: readonly string[];
  wanted: WantedReplication;
  onChange: (wanted: WantedReplication) => void;
};

/** A factor beyond this is a slip of the finger, and would only slow the page. */
const MOST_REPLICAS = 99;

function ReplicationFields({ datacenters, wanted, onChange }: ReplicationFieldsProps) {
  const isSimple = wanted.strategy === 'SimpleStrategy';
  const names = isSimple ? ['replication_factor'] : [...new Set([...datacenters, ...wanted.factors.keys()])];
  const total = Math.max(1, ...wanted.factors.values());
  const choose = (strategy: string) =>
    onChange(
      strategy === 'SimpleStrategy'
        ? { strategy, factors: new Map([['replication_factor', total]]) }
        : { strategy: 'NetworkTopologyStrategy', factors: new Map(datacenters.map((name) => [name, total])) },
    );
  return (
    <>
      <Field label="Strategy">
        {(control) => (
          <Select {...control} value={wanted.strategy} onChange={(event) => choose(event.target.value)}>
            <option>NetworkTopologyStrategy</option>
            <option>SimpleStrategy</option>
          </Select>
        )}
      </Field>
      {names.map((name) => (
        <Field key={name} label={isSimple ? 'Replicas' : `Replicas in ${name}`}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={MOST_REPLICAS}
              className="w-24!"
              value={wanted.factors.get(name) ?? 0}
              onChange={({ target: { valueAsNumber } }) => {
                if (!Number.isInteger(valueAsNumber) || valueAsNumber < 0 || valueAsNumber > MOST_REPLICAS) return;
                onChange({ ...wanted, factors: new Map([...wanted.factors, [name, valueAsNumber]]) });
              }}
            />
          )}
        </Field>
      ))}
    </>
  );
}
