import { useQuery } from '@tanstack/react-query';
import { Download, type LucideIcon, SquareTerminal, Table2, X } from 'lucide-react';
import Link from 'next/link';
import { IconButton } from '@/components/ui/icon-button';
import { TEXT_WIDTH } from '@/components/ui/page';
import { pagePath } from '@/lib/client/paths';
import { schemaQuery } from '@/lib/client/queries';
import { firstTable } from '@/lib/cluster/first-table';

type WelcomeProps = { cluster: string; onDismiss: () => void };

/** What Ringside is, and three ways to begin. */
export default function Welcome({ cluster, onDismiss }: WelcomeProps) {
  const { data } = useQuery(schemaQuery(cluster));
  const first = firstTable(data?.keyspaces ?? []);
  const table = first && { keyspace: first.keyspace, table: first.table.name };
  return <WelcomePanel cluster={cluster} table={table} onDismiss={onDismiss} />;
}

type WelcomePanelProps = WelcomeProps & {
  /** The table that is offered to open, once one is known. */
  table: { keyspace: string; table: string } | undefined;
};

export function WelcomePanel({ cluster, table, onDismiss }: WelcomePanelProps) {
  const name = table === undefined ? undefined : `${table.keyspace}.${table.table}`;
  return (
    <section aria-label="Welcome" className="rounded-md border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-3">
        <p className={`min-w-0 ${TEXT_WIDTH}`}>
          Ringside is a dashboard for Apache Cassandra: browse tables of any size, run CQL, and export exact files. It
          shows what a statement costs before it runs, and reads no more than you ask for.
        </p>
        <IconButton label="Dismiss the introduction" size="sm" onClick={onDismiss}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <ul className="mt-3 grid gap-3 sm:grid-cols-3">
        {table !== undefined && (
          <Way icon={Table2} href={pagePath.table(cluster, table.keyspace, table.table)} title="Open a table">
            {name}, or any other from the tree.
          </Way>
        )}
        <Way icon={SquareTerminal} href={pagePath.query(cluster)} title="Write CQL">
          With completion from your schema, and the cost of each statement before it runs.
        </Way>
        <Way icon={Download} href={pagePath.exports(cluster)} title="Export">
          A table, a filtered view or a query, as CSV, JSON, CQL or Parquet.
        </Way>
      </ul>
    </section>
  );
}

type WayProps = { icon: LucideIcon; href: string; title: string; children: React.ReactNode };

function Way({ icon: Icon, href, title, children }: WayProps) {
  return (
    <li>
      <Link
        href={href}
        className="flex h-full items-start gap-2 rounded border border-line px-3 py-2 hover:border-line-strong hover:bg-hover"
      >
        <Icon size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-accent" />
        <span className="min-w-0">
          <span className="block font-medium">{title}</span>
          <span className="block break-words text-muted text-xs">{children}</span>
        </span>
      </Link>
    </li>
  );
}
