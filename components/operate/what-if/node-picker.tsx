import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/input';
import { standingOf } from '@/lib/cluster/node-standing';
import type { Node } from '@/lib/contract/topology';
import { plural } from '@/lib/text/format';
import { toggled } from './toggled';

/** More nodes of one rack than this are folded. */
const MOST_SHOWN = 24;

type NodePickerProps = {
  nodes: readonly Node[];
  /** Addresses of the nodes that are lost in the question. */
  picked: ReadonlySet<string>;
  onPick: (addresses: ReadonlySet<string>) => void;
};

/** Picks nodes one by one, by rack, and by datacenter. */
export function NodePicker({ nodes, picked, onPick }: NodePickerProps) {
  const datacenters = groupsOf(nodes, ({ datacenter }) => datacenter);
  return (
    <div className="flex flex-col gap-3">
      {datacenters.map(([datacenter, members]) => (
        <fieldset key={datacenter} className="min-w-0">
          <legend className="sr-only">Datacenter {datacenter}</legend>
          <GroupBox
            label={`${datacenter}, ${plural(members.length, 'node')}`}
            members={members}
            picked={picked}
            onPick={onPick}
          >
            <span className="font-medium">{datacenter}</span>
            <span className="text-faint">, {plural(members.length, 'node')}</span>
          </GroupBox>
          <div className="mt-1 ml-5 flex flex-col gap-1">
            {groupsOf(members, ({ rack }) => rack).map(([rack, own]) => (
              <Rack key={rack} name={rack} members={own} picked={picked} onPick={onPick} />
            ))}
          </div>
        </fieldset>
      ))}
      <div>
        <Button size="sm" onClick={() => onPick(new Set())} disabled={picked.size === 0}>
          Lose no node
        </Button>
      </div>
    </div>
  );
}

type RackProps = Omit<NodePickerProps, 'nodes'> & { name: string; members: readonly Node[] };

function Rack({ name, members, picked, onPick }: RackProps) {
  const boxes = (
    <div className="flex flex-wrap gap-x-4">
      {members.map((node) => (
        <NodeBox key={node.address} node={node} picked={picked} onPick={onPick} />
      ))}
    </div>
  );
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-x-4">
      <GroupBox
        label={`${name}, rack of ${plural(members.length, 'node')}`}
        members={members}
        picked={picked}
        onPick={onPick}
      >
        {name}
      </GroupBox>
      {members.length <= MOST_SHOWN ? (
        boxes
      ) : (
        <details className="min-w-0 flex-1">
          <summary className="min-h-6 cursor-pointer text-muted text-sm">{plural(members.length, 'node')}</summary>
          {boxes}
        </details>
      )}
    </div>
  );
}

function NodeBox({ node, picked, onPick }: Omit<NodePickerProps, 'nodes'> & { node: Node }) {
  const standing = standingOf(node);
  const isDown = standing === 'down';
  return (
    <Checkbox
      checked={isDown || picked.has(node.address)}
      disabled={isDown}
      onChange={() => onPick(toggled(picked, [node.address]))}
    >
      <span className="font-mono text-xs">{node.address}</span>
      {standing !== 'up' && <span className="text-muted text-xs"> {isDown ? 'down now' : 'unknown'}</span>}
    </Checkbox>
  );
}

type GroupBoxProps = Omit<NodePickerProps, 'nodes'> & {
  /** Begins with what is shown. */
  label: string;
  members: readonly Node[];
  children: ReactNode;
};

/** Ticked when all of its nodes are lost, and half ticked when some are. */
function GroupBox({ label, members, picked, onPick, children }: GroupBoxProps) {
  const addresses = members.map(({ address }) => address);
  const count = addresses.filter((address) => picked.has(address)).length;
  const isAll = count === addresses.length;
  return (
    <Checkbox
      aria-label={label}
      checked={isAll}
      ref={(box) => {
        if (box !== null) box.indeterminate = count > 0 && !isAll;
      }}
      onChange={() => onPick(toggled(picked, addresses))}
    >
      {children}
    </Checkbox>
  );
}

function groupsOf(nodes: readonly Node[], nameOf: (node: Node) => string): [string, Node[]][] {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const own = groups.get(nameOf(node));
    if (own === undefined) groups.set(nameOf(node), [node]);
    else own.push(node);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
}
