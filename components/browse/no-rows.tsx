import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import { pagePath } from '@/lib/client/paths';

/** All was read that the view allows, and there is nothing in it. */
export default function NoRows({ cluster, filtered }: { cluster: string; filtered: boolean }) {
  return filtered ? (
    <EmptyState title="No rows match">
      Everything that the filters allow was read. Change or remove one of them.
    </EmptyState>
  ) : (
    <EmptyState title="No rows">
      The whole table was read and has none. Where writing is allowed, an INSERT in{' '}
      <Link href={pagePath.query(cluster)} className="text-accent underline">
        Query
      </Link>{' '}
      adds some.
    </EmptyState>
  );
}
