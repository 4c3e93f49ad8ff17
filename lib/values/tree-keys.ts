import type { ValueNode } from './value-nodes';

export type TreeMove =
  | { readonly kind: 'select'; readonly node: ValueNode }
  | { readonly kind: 'toggle'; readonly node: ValueNode; readonly open: boolean };

const PAGE = 15;

/** What a key does in a tree (WAI-ARIA tree view pattern); undefined for keys that are not the tree's. */
export function treeMove(
  key: string,
  nodes: readonly ValueNode[],
  active: number,
  open: ReadonlySet<string>,
): TreeMove | undefined {
  const node = nodes[active];
  if (node === undefined) return undefined;
  const isOpen = open.has(node.id);
  switch (key) {
    case 'ArrowDown':
      return select(nodes, active + 1);
    case 'ArrowUp':
      return select(nodes, active - 1);
    case 'PageDown':
      return select(nodes, Math.min(active + PAGE, nodes.length - 1));
    case 'PageUp':
      return select(nodes, Math.max(active - PAGE, 0));
    case 'Home':
      return select(nodes, 0);
    case 'End':
      return select(nodes, nodes.length - 1);
    case 'ArrowRight':
      if (node.parts === null) return undefined;
      return isOpen ? select(nodes, active + 1) : { kind: 'toggle', node, open: true };
    case 'ArrowLeft':
      return isOpen ? { kind: 'toggle', node, open: false } : select(nodes, ownerOf(nodes, active));
    case 'Enter':
    case ' ':
      return node.parts === null ? undefined : { kind: 'toggle', node, open: !isOpen };
    default:
      return undefined;
  }
}

function select(nodes: readonly ValueNode[], at: number): TreeMove | undefined {
  const node = nodes[at];
  return node && { kind: 'select', node };
}

/** The nearest node above that is less deep. */
function ownerOf(nodes: readonly ValueNode[], active: number): number {
  const depth = nodes[active]?.depth ?? 0;
  return nodes.slice(0, active).findLastIndex((node) => node.depth < depth);
}
