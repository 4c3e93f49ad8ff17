import { useId, useMemo } from 'react';
import { lookOf } from '@/components/token-ring/appearance';
import { RingLegend } from '@/components/token-ring/ring-legend';
import { RingPatterns } from '@/components/token-ring/ring-patterns';
import { RingPicture } from '@/components/token-ring/ring-picture';
import { Select } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { standingOf } from '@/lib/cluster/node-standing';
import {
  type ChosenCell,
  fallenMarks,
  type KeyspaceLoss,
  keyspaceLosses,
  membersOf,
  placeKeyspaces,
  standingsWithout,
} from '@/lib/cluster/what-if';
import { namesOfPicked, pickedNodes } from '@/lib/cluster/what-if-address';
import { answerOf, levelName } from '@/lib/cluster/what-if-words';
import type { Keyspace } from '@/lib/contract/schema';
import type { TopologyResponse } from '@/lib/contract/topology';
import { arcsOf } from '@/lib/ring/arcs';
import { formatShare, plural } from '@/lib/text/format';
import { LossAnswer, LossMeaning } from './loss-answer';
import { LossTable } from './loss-table';
import { NodePicker } from './node-picker';
import { toggled } from './toggled';
import { useSteadyRing, useWhatIf } from './use-what-if';

type LossBoardProps = { topology: TopologyResponse; keyspaces: readonly Keyspace[] };

/** Which nodes are lost, and what still works then: by keyspace and level, on the ring, and in words. */
export function LossBoard({ topology, keyspaces }: LossBoardProps) {
  const [state, setState] = useWhatIf();
  const { nodes } = topology;
  const picked = pickedNodes(state, nodes);
  const pick = (addresses: ReadonlySet<string>) => setState(namesOfPicked(addresses, nodes));
  const losses = useLosses(topology, keyspaces, picked, state.from);
  const chosen = chosenCell(losses.keyspaces, state);
  const tableId = useId();
  return (
    <>
      <RingPatterns />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,432px)_minmax(0,1fr)]">
        <LossRing
          topology={topology}
          losses={losses}
          chosen={chosen}
          describedBy={tableId}
          onPick={pick}
          picked={picked}
        />
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Which nodes are lost?" note="Nothing is stopped: this only computes.">
            <NodePicker nodes={nodes} picked={picked} onPick={pick} />
          </Panel>
          <LossAnswer answer={answerOf(losses.keyspaces, picked.size)} />
          {chosen !== undefined && <LossMeaning chosen={chosen} standings={losses.standings} />}
        </div>
      </div>
      <Moving topology={topology} />
      <Panel
        title="What still works"
        flush
        note="Share of the ring that is served. Every level but ANY needs the same replicas for a read as for a write."
        actions={
          <FromChooser datacenters={losses.datacenters} from={losses.from} onChoose={(from) => setState({ from })} />
        }
      >
        <div id={tableId}>
          <LossTable
            keyspaces={losses.keyspaces}
            chosen={chosen}
            onChoose={(keyspace, level) => setState({ keyspace, level })}
          />
        </div>
      </Panel>
    </>
  );
}

/** The keyspaces with what they lose. Places are kept while the ring is the same; losses follow every press. */
function useLosses(
  { nodes, partitioner }: TopologyResponse,
  keyspaces: readonly Keyspace[],
  picked: ReadonlySet<string>,
  wantedFrom: string | null,
) {
  const ring = useSteadyRing(nodes);
  const placed = useMemo(
    () => placeKeyspaces(membersOf(ring, partitioner) ?? [], keyspaces),
    [ring, partitioner, keyspaces],
  );
  const datacenters = [...new Set(nodes.map(({ datacenter }) => datacenter))].sort((a, b) => a.localeCompare(b, 'en'));
  const from = datacenters.find((name) => name === wantedFrom) ?? datacenters[0];
  const key = [...picked].join();
  const standings = useMemo(() => standingsWithout(nodes, new Set(key === '' ? [] : key.split(','))), [nodes, key]);
  const lossesNow = useMemo(() => keyspaceLosses(placed, standings, from), [placed, standings, from]);
  return { ring, keyspaces: lossesNow, standings, datacenters, from };
}

/** The cell of the address; else QUORUM of the keyspace that loses most there. */
function chosenCell(
  keyspaces: readonly KeyspaceLoss[],
  wanted: { keyspace: string | null; level: string | null },
): ChosenCell | undefined {
  const level = wanted.level ?? 'QUORUM';
  const cells = keyspaces.flatMap((keyspace) => {
    const cell = keyspace.cells.find((one) => one.level === level);
    return cell === undefined ? [] : [{ keyspace, cell }];
  });
  const asked = cells.find(({ keyspace }) => keyspace.name === wanted.keyspace);
  if (asked !== undefined) return asked;
  const own = cells.filter(({ keyspace }) => !keyspace.system);
  return [...(own.length > 0 ? own : cells)].sort((a, b) => a.cell.tallies.works.share - b.cell.tallies.works.share)[0];
}

type LossRingProps = {
  topology: TopologyResponse;
  losses: ReturnType<typeof useLosses>;
  chosen: ChosenCell | undefined;
  picked: ReadonlySet<string>;
  describedBy: string;
  onPick: (addresses: ReadonlySet<string>) => void;
};

function LossRing({ topology: { nodes }, losses, chosen, picked, describedBy, onPick }: LossRingProps) {
  const { ring } = losses;
  const arcs = useMemo(() => arcsOf(ring), [ring]);
  const look = useMemo(() => lookOf(ring), [ring]);
  const lost = useMemo(
    () => new Set([...losses.standings].flatMap(([address, standing]) => (standing === 'down' ? [address] : []))),
    [losses.standings],
  );
  const marks = useMemo(() => (chosen === undefined ? [] : fallenMarks(chosen.keyspace, chosen.cell)), [chosen]);
  const toggle = (arc: number | undefined) => {
    const address = arc === undefined ? undefined : arcs[arc]?.address;
    if (address !== undefined) onPick(toggled(picked, [address]));
  };
  const fallen = chosen === undefined ? 0 : 1 - chosen.cell.tallies.works.share - chosen.cell.tallies.unknown.share;
  const subject = chosen === undefined ? '' : `${levelName(chosen.cell)} on ${chosen.keyspace.name}`;
  return (
    <Panel title="Token ring" note="Press a node to lose it">
      <RingPicture
        arcs={arcs}
        look={look}
        down={lost}
        arc={undefined}
        lit={undefined}
        token={undefined}
        middle={{
          lines: [plural(nodes.length, 'node'), chosen?.cell.level ?? ''],
          alarm: fallen > 0 ? `${formatShare(fallen)} falls` : undefined,
        }}
        marks={marks}
        label={`Token ring. Lost: ${[...lost].join(', ') || 'no node'}. ${subject} falls for ${formatShare(fallen)}`}
        describedBy={describedBy}
        onPoint={ignorePointer}
        onPick={toggle}
      />
      <RingLegend look={look} anyDown={false} />
      <p className="text-muted text-xs">
        Outlined in red: lost or down. Red around the ring: the ranges where {subject} falls.
      </p>
    </Panel>
  );
}

const ignorePointer = () => undefined;

type FromChooserProps = {
  datacenters: readonly string[];
  from: string | undefined;
  onChoose: (datacenter: string) => void;
};

/** The LOCAL levels ask the coordinator's datacenter; with one of them there is nothing to choose. */
function FromChooser({ datacenters, from, onChoose }: FromChooserProps) {
  const id = useId();
  if (datacenters.length < 2) return null;
  return (
    <div className="flex items-center gap-2 text-muted text-xs">
      <label htmlFor={id}>LOCAL levels through</label>
      <Select id={id} dense className="w-auto!" value={from} onChange={(event) => onChoose(event.target.value)}>
        {datacenters.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </div>
  );
}

/** What is true of nodes that are, and not of those that come and go or that nobody knows about. */
function Moving({ topology: { nodes } }: { topology: TopologyResponse }) {
  const going = nodes.filter(
    ({ gossip: { state } }) => state === 'joining' || state === 'leaving' || state === 'moving',
  );
  const unknown = nodes.filter((node) => standingOf(node) === 'unknown');
  if (going.length + unknown.length === 0) return null;
  return (
    <Notice tone="warn">
      {unknown.length > 0 && (
        <p>
          The state of {unknown.map(({ address }) => address).join(', ')} is unknown, which is not down: what depends on
          it shows a question mark. Pick it to see what its loss would mean.
        </p>
      )}
      {going.length > 0 && (
        <p>
          While {going.map(({ address, gossip }) => `${address} is ${gossip.state}`).join(', ')}, writes also wait for
          the nodes that take over ranges. That is not part of this.
        </p>
      )}
    </Notice>
  );
}
