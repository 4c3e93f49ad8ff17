import { Navigation } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useResultState } from '@/components/results/use-result';
import { Button } from '@/components/ui/button';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { Popover } from '@/components/ui/popover';
import { positionOfRow } from '@/lib/browse/ring-position';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { ResultReader } from '@/lib/reader/result-reader';
import { GoToForms, type GoToKind } from './go-to-forms';
import type { Jumps } from './use-jumps';

/** How often it follows scrolling: enough to read by. */
const PACE_MS = 250;

interface GoToProps {
  reader: ResultReader;
  shape: TableShape;
  jumps: Jumps;
}

/** The menu of places to go to: first, last, a token, a clustering value. Its button says where the view is. */
export function GoTo({ reader, shape, jumps }: GoToProps) {
  const [open, setOpen] = useState<GoToKind | null>(null);
  const here = useHere(reader);
  const { order } = reader.source;
  const close = () => setOpen(null);
  const column = order?.by === 'value' ? order.column : null;
  useOfferCommands(
    useMemo((): Command[] => {
      const group = 'This table';
      const first = { id: 'rows-first', label: 'Go to the first rows', group, run: jumps.first };
      const last = { id: 'rows-last', label: 'Go to the last rows', group, run: jumps.last };
      const form = (kind: GoToKind, label: string) => ({ id: `rows-${kind}`, label, group, run: () => setOpen(kind) });
      if (column !== null) return [first, last, form('value', `Go to ${column}…`)];
      return [first, last, form('token', 'Go to token…')];
    }, [jumps, column]),
  );
  return (
    <Popover
      label="Go to"
      align="end"
      className="w-[min(22rem,92vw)]"
      open={open !== null}
      onOpenChange={(next) => setOpen(next ? 'menu' : null)}
      trigger={
        <Button size="sm" variant="ghost" icon={<Navigation size={12} aria-hidden="true" />}>
          Go to
          {here !== null && (
            <span className="hidden min-w-12 text-left font-normal tabular-nums sm:inline-block">
              · {here.shareText}
            </span>
          )}
        </Button>
      }
    >
      <GoToForms kind={open ?? 'menu'} shape={shape} column={column} here={here} jumps={jumps} onDone={close} />
    </Popover>
  );
}

/** Where the first row in view lies, at most a few times a second. */
function useHere(reader: ResultReader) {
  const state = useResultState(reader);
  const [top, setTop] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setTop(reader.getView().top);
      }, PACE_MS);
    };
    later();
    const unsubscribe = reader.subscribeView(later);
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [reader]);
  return positionOfRow(state, top);
}
