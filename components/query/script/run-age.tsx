import { useDebounced } from '@/lib/client/use-debounced';
import type { QueryDocument } from '@/lib/workbench/documents';
import type { Run } from '@/lib/workbench/run';
import { runAge } from '@/lib/workbench/run-age';

const TYPING_MS = 300;
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

/** Says that the results below are not of what the editor has now. */
export default function RunAge({ run, active }: { run: Run; active: QueryDocument }) {
  const text = useDebounced(active.text, TYPING_MS);
  const age = runAge(run, { ...active, text });
  if (age === null) return null;
  return (
    <p role="note" className="shrink-0 border-line border-b bg-hover px-3 py-1 text-muted text-xs">
      Results of the run at <time dateTime={run.at}>{CLOCK.format(new Date(run.at))}</time>, {age}
    </p>
  );
}
