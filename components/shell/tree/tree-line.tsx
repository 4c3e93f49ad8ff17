import clsx from 'clsx';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import type { TreeRow } from '@/lib/cluster/tree';
import { spelledOut } from '@/lib/text/unseen';

type TreeLineProps = {
  cluster: string;
  row: TreeRow;
  current: boolean;
  tabStop: boolean;
  onFocus: () => void;
};

/** Left padding by level; there are three. */
const INDENTS = ['', '', 'pl-3', 'pl-6'];

/** One line of the tree: a link to its page. A group has no page and only opens and closes. */
export function TreeLine({ cluster, row, current, tabStop, onFocus }: TreeLineProps) {
  const shared = {
    role: 'treeitem',
    'aria-level': row.level,
    'aria-posinset': row.positionInSet,
    'aria-setsize': row.setSize,
    'aria-selected': current,
    'aria-expanded': row.open,
    'aria-current': current ? ('page' as const) : undefined,
    tabIndex: tabStop ? 0 : -1,
    title: spelledOut(row.label),
    onFocus,
    className: clsx(
      INDENTS[row.level],
      'flex h-7 w-full min-w-0 items-center rounded pr-2 text-left text-sm',
      current ? 'bg-selected font-medium text-ink' : 'hover:bg-hover',
      !current && (row.kind === 'table' ? 'text-muted hover:text-ink' : 'text-ink'),
    ),
  };
  const face = (
    <>
      <Chevron row={row} />
      <span className="min-w-0 truncate">
        <Shown text={row.label} as="name" />
      </span>
      {row.kind === 'table' && row.tableKind === 'view' && (
        <span className="ml-auto pl-2 text-2xs text-faint">view</span>
      )}
    </>
  );
  if (row.kind === 'group') {
    return (
      <button type="button" {...shared} data-toggles={row.id}>
        {face}
      </button>
    );
  }
  const href =
    row.kind === 'table' ? pagePath.table(cluster, row.keyspace, row.table) : pagePath.keyspace(cluster, row.keyspace);
  return (
    <Link {...shared} href={href} prefetch={false} data-table={row.kind === 'table' ? '' : undefined}>
      {face}
    </Link>
  );
}

function Chevron({ row }: { row: TreeRow }) {
  if (row.open === undefined) return <span aria-hidden="true" className="w-5 shrink-0" />;
  return (
    <span
      data-toggles={row.id}
      aria-hidden="true"
      className="flex h-7 w-5 shrink-0 items-center justify-center text-faint"
    >
      <ChevronRight size={14} className={row.open ? 'rotate-90' : ''} />
    </span>
  );
}
