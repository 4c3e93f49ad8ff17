import type { ReactNode } from 'react';
import { Tip } from '@/components/ui/tip';
import { spelledOut } from '@/lib/text/unseen';

interface PartitionKeyTipProps {
  partitionKey: readonly string[];
  /** What stands in its place once it is dismissed. */
  otherwise?: ReactNode;
}

/** What a partition key is, where somebody is asked for one. Dismissed once, it is gone everywhere. */
export function PartitionKeyTip({ partitionKey, otherwise }: PartitionKeyTipProps) {
  const names = partitionKey.map(spelledOut);
  const last = names.at(-1) ?? '';
  const all = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
  return (
    <Tip name="partition-key" otherwise={otherwise}>
      The partition key ({all}) decides which nodes store a row. With {names.length > 1 ? 'all of it' : 'it'}, one read
      finds the rows; without, Cassandra has to look through the whole table.
    </Tip>
  );
}
