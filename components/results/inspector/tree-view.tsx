import clsx from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import { plural } from '@/lib/text/format';
import { cellText } from '@/lib/values/cell-text';
import { treeMove } from '@/lib/values/tree-keys';
import { findNodes, openAtFirst, type ValueNode, visibleNodes } from '@/lib/values/value-nodes';
import { MOST_FOUND, type SearchState, useFound } from './search';
import { VirtualLines } from './virtual-lines';

const LINE_PX = 22;
const INDENT_PX = 14;

interface TreeViewProps {
  root: ValueNode;
  search: SearchState;
  selected: ValueNode | undefined;
  onSelect: (node: ValueNode) => void;
  onCopy: () => void;
}

/** A nested value as a tree that opens and closes; arrows move in it. */
export function TreeView({ root, search, selected, onSelect, onCopy }: TreeViewProps) {
  const treeId = useId();
  const { nodes, open, toggle } = useTree(root, search, onSelect);
  const active = Math.max(
    0,
    nodes.findIndex(({ id }) => id === (selected?.id ?? root.id)),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (isPressed('valueCopy', event)) {
      event.preventDefault();
      onCopy();
      return;
    }
    const move = treeMove(event.key, nodes, active, open);
    if (move === undefined) return;
    event.preventDefault();
    if (move.kind === 'toggle') toggle(move.node, move.open);
    else onSelect(move.node);
  };
  const line = (index: number) => {
    const node = nodes[index];
    if (node === undefined) return null;
    const onToggle = () => toggle(node, !open.has(node.id));
    const onPress = () => {
      onSelect(node);
      if (node.parts !== null && index === active) onToggle();
    };
    const [id, isOpen] = [`${treeId}-${index}`, open.has(node.id)];
    return (
      <NodeLine id={id} node={node} open={isOpen} selected={index === active} onPress={onPress} onToggle={onToggle} />
    );
  };
  return (
    <VirtualLines
      role="tree"
      aria-label="Value"
      tabIndex={0}
      aria-activedescendant={`${treeId}-${active}`}
      onKeyDown={onKeyDown}
      count={nodes.length}
      linePx={LINE_PX}
      shownLine={active}
      line={line}
    />
  );
}

/** The nodes that are shown, and which of them are open; what a search has found opens and is selected. */
function useTree(root: ValueNode, search: SearchState, onSelect: (node: ValueNode) => void) {
  const [open, setOpen] = useState(() => openAtFirst(root));
  const found = useMemo(() => findNodes(root, search.needle, MOST_FOUND), [root, search.needle]);
  const current = useFound(search, found);
  const nodes = useMemo(() => visibleNodes(root, open), [root, open]);
  useEffect(() => {
    if (current === undefined) return;
    setOpen((now) => new Set([...now, ...current.open]));
  }, [current]);
  useEffect(() => {
    const hit = current && nodes.find(({ id }) => id === current.id);
    if (hit !== undefined) onSelect(hit);
  }, [current, nodes, onSelect]);
  const toggle = ({ id }: ValueNode, to: boolean) =>
    setOpen((now) => (to ? new Set([...now, id]) : new Set([...now].filter((one) => one !== id))));
  return { nodes, open, toggle };
}

interface NodeLineProps {
  id: string;
  node: ValueNode;
  open: boolean;
  selected: boolean;
  onPress: () => void;
  onToggle: () => void;
}

function NodeLine({ id, node, open, selected, onPress, onToggle }: NodeLineProps) {
  const { depth, label, kind, parts } = node;
  // The tree has the focus and the keys of all its items, and names the active one.
  const item = {
    id,
    role: 'treeitem',
    'aria-level': depth + 1,
    'aria-selected': selected,
    onClick: onPress,
    ...(parts === null ? {} : { 'aria-expanded': open }),
  };
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <div
      {...item}
      className={clsx('flex h-full items-center rounded-sm pr-2', selected ? 'bg-selected' : 'hover:bg-hover')}
      style={{ paddingLeft: depth * INDENT_PX }}
    >
      <span aria-hidden="true" className="flex w-4 shrink-0 justify-center text-muted">
        {parts !== null && (
          <Arrow
            size={12}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          />
        )}
      </span>
      {kind !== 'root' && (
        <span className={clsx('mr-2', kind === 'place' || kind === 'group' ? 'text-faint' : 'text-syntax-keyword')}>
          <Shown text={label} as={kind === 'key' ? 'line' : 'name'} />
        </span>
      )}
      <NodeText node={node} />
    </div>
  );
}

function NodeText({ node: { kind, value, type, parts } }: { node: ValueNode }) {
  if (kind === 'group') return null;
  if (parts !== null) return <span className="text-faint">{partsText(parts, type?.kind, value)}</span>;
  return (
    <span className={clsx(value === null && 'text-faint italic')}>
      <Shown text={cellText(value, type)} as="line" />
    </span>
  );
}

function partsText(parts: number, kind: string | undefined, value: unknown): string {
  if (kind === 'map') return plural(parts, 'entry', 'entries');
  if (kind === 'udt' || kind === 'tuple') return plural(parts, 'field');
  return plural(parts, kind !== undefined || Array.isArray(value) ? 'element' : 'field');
}
