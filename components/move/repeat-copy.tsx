import { CalendarClock } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import type { CopyRequest } from '@/lib/contract/copy';

const RepeatDialog = lazy(() =>
  import('@/components/repeat/repeat-dialog').then((own) => ({ default: own.RepeatDialog })),
);

interface RepeatCopyProps {
  cluster: string;
  request: CopyRequest;
  /** Of the source. */
  title: string;
}

/** Makes a schedule of a copy that is reviewed. */
export function RepeatCopy({ cluster, request, title }: RepeatCopyProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<CalendarClock size={14} aria-hidden="true" />} onClick={() => setOpen(true)}>
        Repeat…
      </Button>
      {isOpen && (
        <Later>
          <RepeatDialog kind="copy" onClose={() => setOpen(false)} {...{ cluster, request, title }} />
        </Later>
      )}
    </>
  );
}
