import clsx from 'clsx';
import { Shown } from '@/components/ui/shown';

interface DraftWordsProps {
  id: string;
  problem: string | null;
  /** What to know of a value; what is wrong comes before it. */
  note: string | null;
  className?: string | undefined;
}

/** What is wrong with a value while it is typed, or how it is understood. */
export function DraftWords({ id, problem, note, className }: DraftWordsProps) {
  const text = problem ?? note;
  return (
    <p
      id={id}
      aria-live="polite"
      className={clsx('break-words text-xs empty:hidden', problem === null ? 'text-muted' : 'text-danger', className)}
    >
      {text !== null && <Shown text={text} as="line" />}
    </p>
  );
}
