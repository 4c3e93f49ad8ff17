import { EmptyState } from '@/components/ui/empty-state';

/** All was read that the view allows, and there is nothing in it. */
export default function NoRows({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState title="No rows match">
      Everything that the filters allow was read. Change or remove one of them.
    </EmptyState>
  ) : (
    <EmptyState title="No rows">The whole table was read and has none. INSERT some in Query.</EmptyState>
  );
}
