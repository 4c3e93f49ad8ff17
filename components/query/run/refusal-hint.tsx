import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import { sizesQuery } from '@/lib/client/queries';
import type { Classification, Refusal } from '@/lib/contract/statements';
import { formatBytes } from '@/lib/text/format';

type Suggestion = Refusal['suggestions'][number];

interface RefusalHintProps {
  refusal: Refusal;
  onApply: (suggestion: Suggestion) => void;
  /** Estimate of what the whole table holds; null where it is not known. */
  ringBytes: number | null;
}

/** What Cassandra will refuse, with the changes of the text that would serve. None of them runs. */
export function RefusalHint({ refusal, onApply, ringBytes }: RefusalHintProps) {
  return (
    <>
      <span className="text-ink">
        <Shown text={sentence(refusal.message)} as="text" />
      </span>
      {refusal.suggestions.map((suggestion) => (
        <Button
          key={suggestion.label}
          size="sm"
          className="h-auto! min-h-7 max-w-full whitespace-normal! text-left"
          onClick={() => onApply(suggestion)}
        >
          <Shown text={labelOf(suggestion, ringBytes)} as="text" />
        </Button>
      ))}
    </>
  );
}

function sentence(text: string): string {
  return /[.:!?]$/.test(text) ? text : `${text}.`;
}

function labelOf({ label, reads }: Suggestion, ringBytes: number | null): string {
  if (reads === undefined) return label;
  const size = ringBytes === null ? '' : `, about ${formatBytes(ringBytes)} by the estimates`;
  return `${label}: reads the whole ring${size}`;
}

/** The estimated size of the table that a statement reads; asked for only while it is `wanted`. */
export function useRingBytes(cluster: string, table: Classification['table'], wanted: boolean): number | null {
  const { data } = useQuery({ ...sizesQuery(cluster), enabled: wanted });
  const home = data?.keyspaces.find(({ keyspace }) => keyspace === table?.keyspace);
  return home?.tables.find((one) => one.table === table?.name)?.bytes ?? null;
}
