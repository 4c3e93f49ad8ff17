'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useKeysText } from '@/components/ui/kbd';
import { useStoredText } from '@/components/ui/stored-text';
import type { Keyspace } from '@/lib/contract/schema';
import { sampleStatements } from '@/lib/workbench/samples';

const KEY = 'ringside.query.samples';
const HIDDEN = 'hidden';

interface FirstStepsProps {
  /** Of the cluster; empty while they are not known. */
  keyspaces: readonly Keyspace[];
  /** Puts a statement into the editor. */
  onFill: (statement: string) => void;
}

/** Before anything has run: how to run, and statements to begin with until a person has seen enough of them. */
export function FirstSteps({ keyspaces, onFill }: FirstStepsProps) {
  const [kept, keep] = useStoredText(KEY);
  const [isClosed, setClosed] = useState(false);
  const runKeys = useKeysText('run');
  const close = () => {
    setClosed(true);
    try {
      keep(() => HIDDEN);
    } catch {
      // Storage is full or off: they come back with the next visit.
    }
  };
  return (
    <div className="thin-scrollbar h-full overflow-auto">
      <EmptyState title="No result yet">
        {runKeys} runs the statement at the cursor, or the selection. Its cost is shown under the editor before it runs.
      </EmptyState>
      {kept !== HIDDEN && !isClosed && keyspaces.length > 0 && (
        <section aria-label="Statements to begin with" className="mx-auto max-w-3xl px-4 pb-6">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-muted text-sm">Start with one of these: it fills the editor and runs nothing.</p>
            <Button size="sm" variant="ghost" className="-ml-2 sm:-mr-2" onClick={close}>
              Don’t show these again
            </Button>
          </div>
          <ul className="mt-2 grid gap-2">
            {sampleStatements(keyspaces).map(({ title, why, statement }) => (
              <li key={title}>
                <button
                  type="button"
                  onClick={() => onFill(statement)}
                  className="block w-full rounded-md border border-line bg-surface px-3 py-2 text-left hover:bg-hover"
                >
                  <span className="font-medium text-sm">{title}</span>
                  <span className="ml-2 text-muted text-xs">{why}</span>
                  <code className="mt-1 block whitespace-pre-wrap break-words text-xs">{statement}</code>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
