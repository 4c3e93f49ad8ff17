import { StatusDot } from '@/components/ui/badge';
import { Skeleton } from '@/components/ui/skeleton';
import type { RiskLine } from '@/lib/cluster/risk-lines';

/** More names than these hide the sentence. */
const MOST_NAMES = 4;

/** One line, or one for each group of keyspaces that fares differently. Undefined lines: not known yet. */
export function RiskLines({ lines }: { lines: readonly RiskLine[] | undefined }) {
  if (lines?.length === 0) return null;
  return (
    <section aria-label="Consistency levels" className="px-4 pb-2">
      {lines === undefined ? (
        <Skeleton className="my-1 h-4 w-72" />
      ) : (
        <ul className="flex flex-col gap-1">
          {lines.map((line) => (
            <li key={line.text} className="flex items-baseline gap-2">
              <StatusDot tone={line.tone} />
              <span className="min-w-0 break-words">
                {lines.length > 1 && <span className="font-medium">{namesOf(line)}: </span>}
                {line.text}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function namesOf({ keyspaces }: RiskLine): string {
  const more = keyspaces.length - MOST_NAMES;
  return more > 0 ? `${keyspaces.slice(0, MOST_NAMES).join(', ')} and ${more} more` : keyspaces.join(', ');
}
