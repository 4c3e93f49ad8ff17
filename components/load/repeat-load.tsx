import { CalendarClock } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import type { LoadPreview } from '@/lib/contract/load';

const RepeatDialog = lazy(() =>
  import('@/components/repeat/repeat-dialog').then((own) => ({ default: own.RepeatDialog })),
);

interface RepeatLoadProps {
  cluster: string;
  request: LoadPreview['request'];
  /** The preview is of what was chosen before. */
  isStale: boolean;
}

/** Makes a schedule of a load whose files are on the server; others can be loaded only once. */
export function RepeatLoad({ cluster, request, isStale }: RepeatLoadProps) {
  const [isOpen, setOpen] = useState(false);
  const isLasting = request !== null && 'path' in request.from;
  return (
    <>
      <Button
        disabled={!isLasting || isStale}
        icon={<CalendarClock size={14} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        Repeat…
      </Button>
      {request !== null && !isLasting && (
        <p className="text-muted text-xs">Only files on the server can be loaded again and again.</p>
      )}
      {isOpen && request !== null && (
        <Later>
          <RepeatDialog
            kind="load"
            title={`${request.keyspace}.${request.table}`}
            onClose={() => setOpen(false)}
            {...{ cluster, request }}
          />
        </Later>
      )}
    </>
  );
}
