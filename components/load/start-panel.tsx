import { useState } from 'react';
import { SecondPerson, useSecondPerson } from '@/components/confirm/second-person';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { TypedName } from '@/components/ui/typed-name';
import { errorText } from '@/lib/client/error-text';
import { jsonText } from '@/lib/contract/json';
import type { LoadPreview } from '@/lib/contract/load';
import { DryRunView } from './dry-run-view';
import { RepeatLoad } from './repeat-load';
import { useDryRun } from './use-dry-run';

interface StartPanelProps {
  cluster: string;
  preview: LoadPreview;
  /** The preview is of what was chosen before. */
  isStale: boolean;
  starting: boolean;
  error: unknown;
  onStart: (input: { token: string; confirmName?: string }) => void;
}

/** The statement, what to know before it runs, a check of the whole file, and the start. */
export function StartPanel({ cluster, preview, isStale, starting, error, onStart }: StartPanelProps) {
  const { statement, notes, request, token, confirmName } = preview;
  const dry = useDryRun(cluster);
  const [typed, setTyped] = useState('');
  const canStart = !isStale && token !== null && (confirmName === null || typed === confirmName);
  const isChecking = dry.run?.standing === 'running';
  const isHeld = useSecondPerson(cluster, ['write']);
  const named = confirmName === null ? {} : { confirmName };
  const wanted = canStart && token !== null ? () => ({ of: 'load' as const, token, ...named }) : null;
  return (
    <Panel title="Load">
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!canStart || token === null || isHeld) return;
          onStart({ token, ...(confirmName === null ? {} : { confirmName: typed }) });
          setTyped('');
        }}
      >
        {statement !== null && (
          <div>
            <p className="text-muted text-xs">For each row</p>
            <code className="block break-words text-xs">
              <Shown text={statement} as="text" />
            </code>
          </div>
        )}
        <ul className="list-disc space-y-1 pl-4 text-muted text-xs">
          {notes.map((note) => (
            <li key={note}>
              <Shown text={note} as="text" />
            </li>
          ))}
        </ul>
        {dry.run !== null && (
          <DryRunView run={dry.run} isCurrent={request !== null && jsonText(request) === jsonText(dry.run.request)} />
        )}
        {confirmName !== null && <TypedName name={confirmName} typed={typed} onType={setTyped} />}
        {error !== null && <ErrorState title="The load did not start" {...errorText(error)} />}
        <div className="flex flex-wrap items-center gap-2">
          {isChecking ? (
            <Button key="stop" onClick={dry.stop}>
              Stop checking
            </Button>
          ) : (
            <Button
              key="check"
              disabled={request === null || isStale}
              onClick={() => request !== null && void dry.start(request)}
            >
              Check the whole file
            </Button>
          )}
          {!isHeld && (
            <>
              <Button
                type="submit"
                variant={confirmName === null ? 'primary' : 'danger'}
                disabled={!canStart || isChecking}
                busy={starting}
              >
                Start the load
              </Button>
              <RepeatLoad {...{ cluster, request, isStale }} />
            </>
          )}
        </div>
        {isHeld && <SecondPerson cluster={cluster} wanted={wanted} />}
      </form>
    </Panel>
  );
}
