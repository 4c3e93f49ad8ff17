'use client';

import { WandSparkles } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { errorDetail } from '@/lib/client/error-detail';
import type { ApiError } from '@/lib/contract/errors';
import type { Keyspace } from '@/lib/contract/schema';
import { errorHelp } from '@/lib/cql/help/error-help';
import type { Suggestion } from '@/lib/cql/help/help';
import type { ErrorMark } from '@/lib/workbench/error-range';

interface ErrorCardProps {
  /** As it was run. */
  statement: string;
  error: ApiError;
  /** Of the cluster, for the names in the statement; empty while they are not known. */
  keyspaces: readonly Keyspace[];
  /** The one in use. */
  keyspace: string | null;
  /** The cluster's; null while it is not known. */
  release?: string | null;
  /** Marks the mistake in the editor. */
  onMark: (mark: ErrorMark) => void;
  /** Puts the cursor to the mistake. */
  onGoTo: (mark: ErrorMark) => void;
  /** Makes a change in the editor; false where the statement is no longer there. */
  onApply: (suggestion: Suggestion) => boolean;
  onRetry?: (() => void) | undefined;
}

/** Why a statement failed: the cause first, then what to do, changes to choose from, and the server's own words last. */
export default function ErrorCard(props: ErrorCardProps) {
  const { statement, error, keyspaces, keyspace, release = null, onMark, onGoTo, onApply, onRetry } = props;
  const help = useMemo(
    () => errorHelp({ statement, error, keyspaces, keyspace, release }),
    [statement, error, keyspaces, keyspace, release],
  );
  const mark: ErrorMark = useMemo(
    () => ({ range: help?.range ?? null, error, message: help?.cause ?? error.message }),
    [help, error],
  );
  useEffect(() => onMark(mark), [mark, onMark]);
  const line = lineOf(statement, mark);
  return (
    <ErrorState
      className="m-4"
      title={help?.cause ?? error.message}
      message={help === null ? error.hint : help.advice}
      detail={errorDetail({ ...error, detail: error.detail ?? error.message })}
      onRetry={onRetry}
    >
      <Changes suggestions={help?.suggestions ?? []} onApply={onApply} />
      {line !== null && (
        <Button size="sm" variant="ghost" className="mt-2 -ml-2" onClick={() => onGoTo(mark)}>
          Go to line {line} of the statement
        </Button>
      )}
    </ErrorState>
  );
}

type Applied = 'no' | 'done' | 'gone';

/** Changes of the text, of which one can be chosen. */
function Changes({ suggestions, onApply }: { suggestions: readonly Suggestion[]; onApply: ErrorCardProps['onApply'] }) {
  const [applied, setApplied] = useState<Applied>('no');
  if (suggestions.length === 0) return null;
  return (
    <div className="mt-2">
      <div className="flex flex-wrap gap-2">
        {suggestions.map((suggestion) => (
          <Button
            key={suggestion.label}
            size="sm"
            className="h-auto! min-h-6 max-w-full whitespace-normal! py-0.5 text-left [overflow-wrap:anywhere]"
            icon={<WandSparkles size={12} aria-hidden="true" className="shrink-0" />}
            disabled={applied === 'done'}
            onClick={() => setApplied(onApply(suggestion) ? 'done' : 'gone')}
          >
            {suggestion.label}
          </Button>
        ))}
      </div>
      <p role="status" className="mt-1 text-muted text-xs">
        {WORDS[applied]}
      </p>
    </div>
  );
}

const WORDS: Record<Applied, string> = {
  no: 'A change is made in the editor, where you can undo it. Nothing runs.',
  done: 'Changed in the editor. Run it when you are ready.',
  gone: 'The editor no longer has the statement that failed, so nothing was changed.',
};

/** The line of the mistake, counted in the statement; null where no place is known. */
function lineOf(statement: string, { range, error }: ErrorMark): number | null {
  if (range === null) return error.position?.line ?? null;
  return statement.slice(0, range.from).split('\n').length;
}
