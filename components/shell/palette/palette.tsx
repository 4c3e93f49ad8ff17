'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useId, useMemo, useState } from 'react';
import { useCommands } from '@/components/ui/commands';
import { dialogPlace } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { Modal } from '@/components/ui/modal';
import { Shown } from '@/components/ui/shown';
import { schemaQuery } from '@/lib/client/queries';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { type PaletteEntry, placeEntries, rankEntries } from './palette-entries';

type PaletteProps = {
  cluster: string;
  clusters: readonly ClusterSummary[];
  onClose: () => void;
};

/** Nobody reads more lines than this: people type another letter. */
const SHOWN = 60;

/** Goes to every page, keyspace, table and cluster and does every action, by name. */
export default function Palette({ cluster, clusters, onClose }: PaletteProps) {
  const id = useId();
  return (
    <Modal labelledBy={id} onClose={onClose} className={`${dialogPlace} max-w-xl overflow-hidden`}>
      <h2 id={id} className="sr-only">
        Go to or do anything
      </h2>
      <PaletteList cluster={cluster} clusters={clusters} onDone={onClose} />
    </Modal>
  );
}

function PaletteList({
  cluster,
  clusters,
  onDone,
}: Pick<PaletteProps, 'cluster' | 'clusters'> & { onDone: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const entries = useEntries(cluster, clusters);
  const found = rankEntries(entries, typed, SHOWN);
  const choose = (entry: PaletteEntry) => {
    onDone();
    if ('href' in entry) router.push(entry.href);
    else entry.run();
  };
  return (
    <Command label="Go to or do anything" shouldFilter={false} loop>
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder="A table, keyspace, page or action"
        className="h-11 w-full border-line border-b bg-transparent px-4 text-base outline-none"
      />
      <Command.List className="thin-scrollbar max-h-[60vh] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-6 text-center text-muted text-sm">No matches.</Command.Empty>
        {groupsOf(found).map(([group, items]) => (
          <Command.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
          >
            {items.map((entry) => (
              <PaletteLine key={entry.id} entry={entry} onSelect={() => choose(entry)} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function PaletteLine({ entry, onSelect }: { entry: PaletteEntry; onSelect: () => void }) {
  return (
    <Command.Item
      value={entry.id}
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer items-center gap-3 rounded px-3 text-sm data-[selected=true]:bg-selected"
    >
      <span className="min-w-0 truncate">
        <Shown text={entry.label} as="name" />
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-2 text-muted text-xs">
        {entry.kind}
        {entry.keys !== undefined && <Kbd of={entry.keys} />}
      </span>
    </Command.Item>
  );
}

function useEntries(cluster: string, clusters: readonly ClusterSummary[]): PaletteEntry[] {
  const commands = useCommands();
  const keyspaces = useQuery(schemaQuery(cluster)).data?.keyspaces;
  return useMemo(
    () => [
      ...commands.map(
        ({ id, label, group, keys, run }): PaletteEntry => ({
          id: `command:${id}`,
          label,
          kind: group,
          group: 'Actions',
          keys,
          run,
        }),
      ),
      ...placeEntries(cluster, keyspaces ?? [], clusters),
    ],
    [commands, keyspaces, cluster, clusters],
  );
}

/** Groups in the order of their best entry, so that the best match stands first. */
function groupsOf(entries: readonly PaletteEntry[]): [PaletteEntry['group'], PaletteEntry[]][] {
  const groups = new Map<PaletteEntry['group'], PaletteEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.group);
    if (group === undefined) groups.set(entry.group, [entry]);
    else group.push(entry);
  }
  return [...groups];
}
