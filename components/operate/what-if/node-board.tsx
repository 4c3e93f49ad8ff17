import { useMemo, useState } from 'react';
import { Age } from '@/components/shell/age';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { copySize, type NodeQuestion, nodeSteps, nodeWarnings } from '@/lib/cluster/change-plan';
import { standingOf } from '@/lib/cluster/node-standing';
import type { SizesResponse } from '@/lib/contract/schema';
import { changeOf, evenTokens, type RingChange } from '@/lib/ring/change';
import type { RingNode } from '@/lib/ring/placement';
import { formatBytes, plural } from '@/lib/text/format';
import { type Board, type Replicated, replicatedOf } from './board';
import { KeyspaceField, Ownership, Plan, Warnings } from './plan-parts';
import { useWhatIf } from './use-what-if';

/** More tokens than this nobody gives a node. */
const MOST_TOKENS = 256;
const NEW_NODE = 'the new node';

interface Wanted {
  /** The address of a node to remove; null: a new one. */
  readonly removed: string | null;
  readonly datacenter: string;
  readonly rack: string;
  readonly tokens: number;
}

/** A node more, or one less: what every keyspace moves for it, and what to run. */
export function NodeBoard({ topology, members, keyspaces, sizes }: Board) {
  const [state, setState] = useWhatIf();
  const placed = useMemo(() => members.filter(({ tokens }) => tokens.length > 0), [members]);
  const [wanted, setWanted] = useState<Wanted>(() => firstWanted(placed));
  const question = questionOf(wanted, topology, placed);
  const replicated = useMemo(() => replicatedOf(keyspaces), [keyspaces]);
  const after = useMemo(() => ringAfter(wanted, placed), [wanted, placed]);
  const changes = useMemo(() => changesOf(replicated, placed, after), [replicated, placed, after]);
  const chosen = replicated.find(({ name }) => name === state.keyspace) ?? replicated[0];
  const change = chosen === undefined ? undefined : changes.get(chosen.name);
  const size = chosen === undefined ? undefined : sizeOf(sizes, chosen.name, change);
  const affected = placed.filter(({ id }) =>
    [...changes.values()].some(({ nodes }) =>
      nodes.some((own) => own.id === id && (question?.kind === 'add' ? own.dropped > 0 : own.gained > 0)),
    ),
  );
  const all = after.length > placed.length ? after : placed;
  return (
    <>
      <Panel title="A node more or less">
        <div className="flex flex-wrap items-start gap-4">
          <NodeFields members={placed} wanted={wanted} onChange={setWanted} />
          <KeyspaceField
            label="Keyspace shown"
            keyspaces={replicated}
            keyspace={chosen?.name}
            onChoose={(keyspace) => setState({ keyspace })}
          />
        </div>
        <div className="mt-3">
          <Streamed replicated={replicated} changes={changes} sizes={sizes} />
        </div>
        {question?.kind === 'add' && (
          <p className="mt-2 text-muted text-sm">
            The tokens are assumed: {plural(question.node.tokens.length, 'token')} that halve the widest ranges of{' '}
            {question.node.datacenter}. Cassandra chooses a node’s tokens when it joins, so the true shares differ a
            little.
          </p>
        )}
      </Panel>
      <Warnings warnings={question === undefined ? [] : nodeWarnings(question, after, replicated)} />
      {chosen !== undefined && change !== undefined && (
        <Panel title={`Ownership of ${chosen.name}`} flush>
          <Ownership keyspace={chosen.name} nodes={all} changes={change.nodes} size={size} />
        </Panel>
      )}
      {question !== undefined && (
        <Plan
          steps={nodeSteps(
            question,
            affected.map(({ id }) => id),
          )}
        />
      )}
    </>
  );
}

function firstWanted(members: readonly RingNode[]): Wanted {
  const [first] = members;
  return {
    removed: null,
    datacenter: first?.datacenter ?? '',
    rack: first?.rack ?? '',
    tokens: first?.tokens.length ?? 1,
  };
}

function ringAfter({ removed, datacenter, rack, tokens }: Wanted, members: readonly RingNode[]): RingNode[] {
  if (removed !== null) return members.filter(({ id }) => id !== removed);
  return [...members, { id: NEW_NODE, datacenter, rack, tokens: evenTokens(members, datacenter, tokens) }];
}

function questionOf(
  wanted: Wanted,
  { nodes }: Board['topology'],
  members: readonly RingNode[],
): NodeQuestion | undefined {
  if (wanted.removed === null) {
    const node = ringAfter(wanted, members).at(-1);
    return node === undefined ? undefined : { kind: 'add', node };
  }
  const node = members.find(({ id }) => id === wanted.removed);
  const known = nodes.find(({ address }) => address === wanted.removed);
  if (node === undefined || known === undefined) return undefined;
  return { kind: 'remove', node, hostId: known.hostId, isUp: standingOf(known) === 'up' };
}

/** By keyspace; those that are replicated alike are computed once. */
function changesOf(
  replicated: readonly Replicated[],
  before: readonly RingNode[],
  after: readonly RingNode[],
): Map<string, RingChange> {
  const known = new Map<string, RingChange>();
  return new Map(
    replicated.map(({ name, replication }) => {
      const factors = replication.kind === 'network' ? [...replication.factors].sort() : [];
      const key = JSON.stringify([replication.kind, replication.kind === 'simple' ? replication.factor : factors]);
      const change = known.get(key) ?? changeOf({ nodes: before, replication }, { nodes: after, replication });
      known.set(key, change);
      return [name, change];
    }),
  );
}

function sizeOf(sizes: SizesResponse | undefined, keyspace: string, change: RingChange | undefined) {
  const copies = change?.nodes.reduce((sum, { before }) => sum + before, 0) ?? 0;
  return sizes === undefined ? undefined : copySize(sizes, keyspace, copies);
}

type StreamedProps = {
  replicated: readonly Replicated[];
  changes: ReadonlyMap<string, RingChange>;
  sizes: SizesResponse | undefined;
};

function Streamed({ replicated, changes, sizes }: StreamedProps) {
  let bytes = 0;
  const unknown: string[] = [];
  for (const { name } of replicated) {
    const change = changes.get(name);
    const size = sizeOf(sizes, name, change);
    if (change === undefined || change.gained === 0) continue;
    if (size === undefined) unknown.push(name);
    else bytes += size.bytes * change.gained;
  }
  return (
    <p>
      About <strong>{formatBytes(bytes)}</strong> must move, of all keyspaces together.{' '}
      <span className="text-muted text-sm">
        An estimate, by the disk of all nodes and else by what they estimate of their tables
        {sizes === undefined ? (
          '; sizes are not read yet'
        ) : (
          <>
            , <Age asOf={sizes.asOf} />
          </>
        )}
        .{unknown.length > 0 && ` Not counted, because no node has estimated them: ${unknown.join(', ')}.`}
      </span>
    </p>
  );
}

type NodeFieldsProps = { members: readonly RingNode[]; wanted: Wanted; onChange: (wanted: Wanted) => void };

function NodeFields({ members, wanted, onChange }: NodeFieldsProps) {
  const datacenters = [...new Set(members.map(({ datacenter }) => datacenter))];
  return (
    <>
      <Field label="Change">
        {(control) => (
          <Select
            {...control}
            value={wanted.removed ?? ''}
            onChange={({ target: { value } }) => onChange({ ...wanted, removed: value === '' ? null : value })}
          >
            <option value="">Add a node</option>
            {members.map(({ id }) => (
              <option key={id} value={id}>
                Remove {id}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {wanted.removed === null && (
        <>
          <Field label="Datacenter">
            {(control) => (
              <Select
                {...control}
                value={wanted.datacenter}
                onChange={({ target: { value } }) => onChange({ ...wanted, datacenter: value })}
              >
                {datacenters.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Rack">
            {(control) => (
              <Input
                {...control}
                className="w-32!"
                value={wanted.rack}
                onChange={({ target: { value } }) => onChange({ ...wanted, rack: value })}
              />
            )}
          </Field>
          <Field label="Tokens">
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={MOST_TOKENS}
                className="w-24!"
                value={wanted.tokens}
                onChange={({ target: { valueAsNumber } }) => {
                  if (Number.isInteger(valueAsNumber) && valueAsNumber >= 1 && valueAsNumber <= MOST_TOKENS)
                    onChange({ ...wanted, tokens: valueAsNumber });
                }}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}
