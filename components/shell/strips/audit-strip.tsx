import { FileWarning } from 'lucide-react';
import type { StateResponse } from '@/lib/contract/clusters';

/** The audit cannot be written: what that means for whoever works here. */
export default function AuditStrip({ since, refusesWrites }: NonNullable<StateResponse['audit']>) {
  return (
    <div role="status" className="flex items-center gap-3 bg-warn-soft px-4 py-1.5 text-sm">
      <FileWarning size={16} aria-hidden="true" className="shrink-0 text-warn" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">Ringside cannot write its audit since {since}.</span>{' '}
        <span className="text-muted">
          {refusesWrites
            ? 'Reading goes on; changes are refused until it can.'
            : 'What happens meanwhile may be missing from it.'}{' '}
          The audit page and the server’s log say why.
        </span>
      </p>
    </div>
  );
}
