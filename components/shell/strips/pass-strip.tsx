import { Siren } from 'lucide-react';
import Link from 'next/link';
import { Shown } from '@/components/ui/shown';
import { approvalsPath } from '@/lib/client/approvals-path';
import type { Pass } from '@/lib/contract/passes';

const TIME = new Intl.DateTimeFormat('en', { timeStyle: 'short', hourCycle: 'h23' });

/** Somebody changes this cluster without a second person: who, why and until when, on each of its pages. */
export default function PassStrip({ cluster, passes }: { cluster: string; passes: readonly Pass[] }) {
  const here = passes.filter((pass) => pass.cluster === cluster);
  if (here.length === 0) return null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-danger-soft px-4 py-1.5 text-sm">
      <Siren size={16} aria-hidden="true" className="shrink-0 text-danger" />
      <ul className="min-w-0 flex-1">
        {here.map(({ person, isOwn, reason, since, until }) => (
          <li key={`${person} ${since}`} className="break-words">
            <span className="font-medium">
              Emergency pass: {isOwn ? 'you change' : `${person} changes`} this cluster without a second person until{' '}
              {TIME.format(new Date(until))}.
            </span>{' '}
            <span className="text-muted">
              <Shown text={reason} as="text" />
            </span>
          </li>
        ))}
      </ul>
      <Link href={approvalsPath(cluster)} className="underline">
        Approvals
      </Link>
    </div>
  );
}
