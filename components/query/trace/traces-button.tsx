import { Waypoints } from 'lucide-react';
import { lazy, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Later } from '@/components/ui/later';
import { useSearchState } from '@/lib/client/use-search-state';
import { readTraceAddress, writeTraceAddress } from '@/lib/workbench/trace-address';

const TraceById = lazy(() => import('./trace-by-id'));

const ADDRESS = { read: readTraceAddress, write: writeTraceAddress };

/** Opens a trace by its id, or the one in the address. */
export function TracesButton({ cluster }: { cluster: string }) {
  const [{ trace }, change] = useSearchState(ADDRESS);
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    setAsked(false);
    if (trace !== null) change({ trace: null }, 'replace');
  };
  return (
    <>
      <IconButton className="ml-auto self-center" size="sm" label="Trace by id" onClick={() => setAsked(true)}>
        <Waypoints size={16} aria-hidden="true" />
      </IconButton>
      {(isAsked || trace !== null) && (
        <Later>
          <TraceById cluster={cluster} id={trace} onOpen={(id) => change({ trace: id }, 'replace')} onClose={close} />
        </Later>
      )}
    </>
  );
}
