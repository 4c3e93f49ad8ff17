'use client';

import { useMemo, useState } from 'react';
import type { Wanted } from '@/components/confirm/ask-approval';
import { ChangeFacts } from '@/components/confirm/change-facts';
import { SecondPerson, useSecondPerson } from '@/components/confirm/second-person';
import { WriteDialog } from '@/components/confirm/write-dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { TypedName } from '@/components/ui/typed-name';
import { changesOf } from '@/lib/cluster/approval-words';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Keyspace } from '@/lib/contract/schema';
import { formatCount, plural } from '@/lib/text/format';
import { changeSettings } from '@/lib/workbench/change-words';
import { type Run, type Step, settingsOf } from '@/lib/workbench/run';
import { oneLine, scriptWrites, untypedNames } from '@/lib/workbench/script-words';
import { confirmedRequest } from '@/lib/workbench/step-request';
import { StepList } from './step-list';

interface ScriptDialogProps {
  run: Run;
  cluster: ClusterSummary | undefined;
  /** Of the cluster; empty while the schema is not known. */
  keyspaces: readonly Keyspace[];
  onAgree: () => void;
  onRefuse: () => void;
}

const MOST_WARNINGS = 5;

/** Asks once before a script that changes something: lists each write, and wants the name of all that is dropped. */
export default function ScriptDialog({ run, cluster, keyspaces, onAgree, onRefuse }: ScriptDialogProps) {
  const { steps, counts, names, warnings } = useMemo(() => scriptWrites(run), [run]);
  const [typed, setTyped] = useState('');
  const untyped = untypedNames(names, typed);
  const isHeld = useSecondPerson(cluster?.name ?? '', [
    ...new Set(steps.flatMap((step) => changesOf(step.classification))),
  ]);
  const wanted = untyped.length === 0 ? () => scriptWanted(run, steps) : null;
  return (
    <WriteDialog
      title={`Run this script on ${cluster?.label ?? 'this cluster'}?`}
      description={`${plural(steps.length, 'statement')} of it ${steps.length === 1 ? 'changes' : 'change'} something: ${counts}. ${afterFailure(run)}`}
      action={`Run ${plural(steps.length, 'write')}`}
      isDestructive={names.length > 0}
      agreed={untyped.length === 0}
      {...{ onAgree, onRefuse }}
      {...(isHeld ? { second: <SecondPerson cluster={cluster?.name ?? ''} wanted={wanted} /> } : {})}
    >
      <Writes {...{ run, steps, cluster, keyspaces }} />
      {warnings.slice(0, MOST_WARNINGS).map(({ text, count }) => (
        <Notice key={text} tone="warn">
          {count === 1 ? text : `${text} (${formatCount(count)} statements)`}
        </Notice>
      ))}
      {warnings.length > MOST_WARNINGS && (
        <p className="text-muted text-xs">{plural(warnings.length - MOST_WARNINGS, 'more warning')}</p>
      )}
      {names.length > 0 && <NamesField names={names} untyped={untyped} typed={typed} onType={setTyped} />}
    </WriteDialog>
  );
}

interface WritesProps extends Pick<ScriptDialogProps, 'run' | 'cluster' | 'keyspaces'> {
  steps: readonly Step[];
}

/** Every write of the script, confirmed. Its reads are not in it. */
function scriptWanted(run: Run, steps: readonly Step[]): Wanted {
  const statements = steps.map((step) => {
    const { isDestructive, target } = step.classification;
    return confirmedRequest(run, step, isDestructive ? target?.name : undefined);
  });
  return { of: 'script', request: { statements, onFailure: run.settings.goesOn === true ? 'continue' : 'stop' } };
}

/** Each write in a line; of the chosen one the whole text, what it touches and at which level. */
function Writes({ run, steps, cluster, keyspaces }: WritesProps) {
  const [chosen, setChosen] = useState(0);
  const step = steps[chosen];
  return (
    <>
      <StepList
        label="Writes of the script"
        className="max-h-[28vh] rounded border border-line bg-canvas"
        count={steps.length}
        chosen={chosen}
        onChoose={setChosen}
        line={(index) => (
          <>
            <span className="w-12 shrink-0 text-right text-faint tabular-nums">{index + 1}</span>
            <code className="min-w-0 flex-1 truncate">
              <Shown text={oneLine(steps[index]?.text ?? '')} as="text" />
            </code>
          </>
        )}
      />
      <pre className="thin-scrollbar max-h-[18vh] overflow-auto whitespace-pre-wrap break-words rounded border border-line bg-canvas p-2 text-xs">
        <Shown text={step?.text ?? ''} as="text" />
      </pre>
      {step !== undefined && (
        <ChangeFacts
          classification={step.classification}
          keyspaces={keyspaces}
          settings={changeSettings(settingsOf(run, step), cluster)}
        />
      )}
    </>
  );
}

interface NamesFieldProps {
  names: readonly string[];
  untyped: readonly string[];
  typed: string;
  onType: (typed: string) => void;
}

/** One name is typed into a line; several, one a line, into a text. */
function NamesField({ names, untyped, typed, onType }: NamesFieldProps) {
  const [name] = names;
  if (names.length === 1 && name !== undefined) return <TypedName {...{ name, typed, onType }} />;
  return (
    <Field
      label={`Type the ${names.length} names that are dropped or emptied, one a line`}
      hint={
        untyped.length === 0
          ? 'All names are typed.'
          : `${names.length - untyped.length} of ${names.length} typed. Next: ${untyped[0] ?? ''}`
      }
    >
      {(control) => (
        <Textarea {...control} mono autoFocus rows={4} value={typed} onChange={({ target }) => onType(target.value)} />
      )}
    </Field>
  );
}

function afterFailure({ settings }: Run): string {
  return settings.goesOn === true
    ? 'Statements after one that fails run, too.'
    : 'Nothing runs after a statement that fails.';
}
