'use client';

import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { keyspaceId, SYSTEM_GROUP, treeKey, treeRows } from '@/lib/cluster/tree';
import type { Keyspace } from '@/lib/contract/schema';
import { TreeLine } from './tree-line';
import { useOpenState } from './tree-state';

type TreeProps = {
  cluster: string;
  keyspaces: readonly Keyspace[];
  filter: string;
  current: CurrentPlace;
};

/** The keyspace and table of the page, if it has them. */
export type CurrentPlace = { readonly keyspace: string | undefined; readonly table: string | undefined };

/** Keyspaces and tables as an ARIA tree: one tab stop, arrows move, right and left open and close, letters jump. */
export function Tree({ cluster, keyspaces, filter, current }: TreeProps) {
  const [open, setOpen] = useOpenState(cluster);
  const tree = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string>();
  const rows = treeRows(keyspaces, open, filter);
  const currentId = rows.find((row) => isCurrent(row, current))?.id;
  const tabStop = rows.find(({ id }) => id === activeId)?.id ?? currentId ?? rows[0]?.id;

  useShownPlace(tree, keyspaces, current, currentId, setOpen);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = rows.findIndex(({ id }) => id === tabStop);
    const move = treeKey(event.key, rows, index);
    if (move === undefined) return;
    event.preventDefault();
    if ('toggle' in move) setOpen(move.toggle, move.open);
    else lineAt(tree.current, move.focus)?.focus();
  };
  const onClick = (event: MouseEvent) => {
    const mark = event.target instanceof Element ? event.target.closest('[data-toggles]') : null;
    const row = rows.find(({ id }) => id === mark?.getAttribute('data-toggles'));
    if (row?.open === undefined) return;
    event.preventDefault();
    setOpen(row.id, !row.open);
  };

  if (rows.length === 0) return <NothingThere filter={filter} />;
  return (
    <div ref={tree} role="tree" aria-label="Keyspaces and tables" tabIndex={-1} onKeyDown={onKeyDown} onClick={onClick}>
      {rows.map((row) => (
        <TreeLine
          key={row.id}
          cluster={cluster}
          row={row}
          current={row.id === currentId}
          tabStop={row.id === tabStop}
          onFocus={() => setActiveId(row.id)}
        />
      ))}
    </div>
  );
}

/** Opens what holds the page's table and scrolls to it when somebody comes to it; after that they may close it. */
function useShownPlace(
  tree: RefObject<HTMLDivElement | null>,
  keyspaces: readonly Keyspace[],
  { keyspace, table }: CurrentPlace,
  currentId: string | undefined,
  setOpen: (id: string, open: boolean) => void,
): void {
  const isSystem = keyspaces.some(({ name, system }) => name === keyspace && system);
  useEffect(() => {
    if (keyspace === undefined) return;
    if (isSystem) setOpen(SYSTEM_GROUP, true);
    if (table !== undefined) setOpen(keyspaceId(keyspace), true);
  }, [keyspace, table, isSystem, setOpen]);
  useEffect(() => {
    if (currentId === undefined) return;
    tree.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' });
  }, [tree, currentId]);
}

function NothingThere({ filter }: { filter: string }) {
  return (
    <p className="px-2 py-1 text-faint text-sm">
      {filter.trim() === '' ? 'This cluster has no keyspaces yet.' : `No keyspace or table matches “${filter.trim()}”.`}
    </p>
  );
}

function lineAt(tree: HTMLElement | null, index: number): HTMLElement | undefined {
  return tree?.querySelectorAll<HTMLElement>('[role=treeitem]')[index];
}

function isCurrent(row: ReturnType<typeof treeRows>[number], { keyspace, table }: CurrentPlace): boolean {
  if (row.kind === 'table') return row.keyspace === keyspace && row.table === table;
  return row.kind === 'keyspace' && row.keyspace === keyspace && table === undefined;
}
