import type { ReactNode } from 'react';
import { Tip, TipButton } from '@/components/ui/tip';
import { spelledOut } from '@/lib/text/unseen';

const NAME = 'partition-key';

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
    <Tip name={NAME} otherwise={otherwise}>
      The partition key ({all}) decides which nodes store a row. With {names.length > 1 ? 'all of it' : 'it'}, one read
      finds the rows; without, Cassandra has to look through the whole table.
    </Tip>
  );
}

/** The same in one line: in full where there is room beside the fields, else on a press. */
export function PartitionKeyLine(props: PartitionKeyTipProps) {
  const tip = <PartitionKeyTip {...props} />;
  return (
    <>
      <div className="sm:max-[1150px]:has-[[role=note]]:hidden">{tip}</div>
      <TipButton name={NAME} label="What is a partition key?" className="max-sm:hidden! min-[1150px]:hidden!">
        {tip}
      </TipButton>
    </>
  );
}
