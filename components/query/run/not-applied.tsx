import { CircleCheck, CircleX } from 'lucide-react';
import { cellFace } from '@/components/results/rows/cell-face';
import { EmptyState } from '@/components/ui/empty-state';
import { Shown } from '@/components/ui/shown';
import type { Row } from '@/lib/client/stream-events';
import type { HeaderFrame } from '@/lib/contract/frames';
import { conditionalOutcome } from '@/lib/workbench/conditional-outcome';

interface ConditionalResultProps {
  header: HeaderFrame;
  rows: readonly Row[];
}

/** How a conditional write ended: applied, or not, with what stands there instead. */
export function ConditionalResult({ header, rows }: ConditionalResultProps) {
  const { isApplied, columns, standing } = conditionalOutcome(header, rows);
  if (isApplied) {
    return (
      <EmptyState icon={<CircleCheck size={24} aria-hidden="true" className="text-ok" />} title="Applied">
        The condition held, and the change was made.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Not applied" className="pb-4">
      <EmptyState icon={<CircleX size={24} aria-hidden="true" className="text-warn" />} title="Not applied">
        {standing.length === 0
          ? 'The condition did not hold, so nothing was changed. Cassandra returned no row to compare with.'
          : 'The condition did not hold, so nothing was changed. The row as it is:'}
      </EmptyState>
      {standing.length > 0 && (
        <div className="thin-scrollbar overflow-x-auto px-4">
          <table aria-label="What stands there" className="mx-auto text-sm">
            <thead>
              <tr className="text-left text-muted">
                {columns.map(({ name, source }) => (
                  <th key={source} scope="col" className="px-3 py-1 font-medium">
                    <Shown text={name} as="name" />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {standing.map(({ at, row }) => (
                <tr key={at} className="border-line border-t">
                  {columns.map(({ source, type }) => {
                    const { text, content, className } = cellFace(row[source] ?? null, type);
                    return (
                      <td key={source} className={`px-3 py-1 font-mono ${className ?? ''}`}>
                        {content ?? text}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
