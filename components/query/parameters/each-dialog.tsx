'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { useAskBeforeLeaving } from '@/lib/client/ask-before-leaving';
import { classifyQuery } from '@/lib/client/classify';
import { randomId } from '@/lib/client/random-id';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Classification } from '@/lib/contract/statements';
import { formatCount, plural } from '@/lib/text/format';
import { eachRequest } from '@/lib/workbench/each-request';
import { EachSession } from '@/lib/workbench/each-session';
import type { ParameterValues } from '@/lib/workbench/parameter-values';
import type { Parameter, PreparedText } from '@/lib/workbench/parameters';
import { nounOf } from '../run/confirm-dialog';
import type { RunOptions } from '../run/use-run-options';
import { type EachChoice, EachList } from './each-list';
import { EachProgressView } from './each-progress';

interface EachDialogProps {
  cluster: string;
  summary: ClusterSummary | undefined;
  keyspace: string | null;
  options: RunOptions;
  values: ParameterValues;
  statement: PreparedText;
  parameters: readonly Parameter[];
  onClose: () => void;
}

type Stage =
  | { readonly at: 'list' }
  | { readonly at: 'asking'; readonly choice: EachChoice }
  | { readonly at: 'running'; readonly choice: EachChoice; readonly session: EachSession };

/** Runs a statement for each row of a list: the list, the question before a write, then how it goes. */
export default function EachDialog(props: EachDialogProps) {
  const { cluster, summary, keyspace, statement, onClose } = props;
  const [stage, setStage] = useState<Stage>({ at: 'list' });
  const { data: classification } = useQuery(classifyQuery(cluster, statement.text, keyspace));
  const session = useRef<EachSession>(null);
  useEffect(() => () => session.current?.dispose(), []);
  const begin = (choice: EachChoice, isWrite: boolean) => {
    session.current = new EachSession(
      cluster,
      eachRequest(statement.text, { ...choice, ...props.options, keyspace, isWrite }, randomId()),
    );
    setStage({ at: 'running', choice, session: session.current });
    void session.current.run();
  };
  if (stage.at === 'running') return <Running {...props} stage={stage} onAgain={() => setStage({ at: 'list' })} />;
  const isWrite = classification?.isWrite ?? true;
  const choose = (choice: EachChoice) => (isWrite ? setStage({ at: 'asking', choice }) : begin(choice, false));
  return (
    <>
      <EachList
        {...props}
        hidden={stage.at === 'asking'}
        blocked={blockedBy(summary, classification)}
        onChoose={choose}
      />
      {stage.at === 'asking' && classification !== undefined && (
        <Question
          {...{ classification, statement, onClose }}
          choice={stage.choice}
          label={summary?.label ?? 'this cluster'}
          onBack={() => setStage({ at: 'list' })}
          onConfirm={() => begin(stage.choice, true)}
        />
      )}
    </>
  );
}

/** Why the statement cannot run for a list at all; undefined while that is not known. */
function blockedBy(summary: ClusterSummary | undefined, classification: Classification | undefined) {
  if (classification === undefined) return undefined;
  if (!classification.isWrite || summary?.readOnly === false) return null;
  return `This cluster is read-only here, so ${nounOf(classification.verb)} does not run.`;
}

interface QuestionProps {
  classification: Classification;
  statement: PreparedText;
  choice: EachChoice;
  label: string;
  onBack: () => void;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks once before a list is written, with the statement, what is known of it, and the number of rows. */
function Question({ classification, statement, choice, label, onBack, onClose, onConfirm }: QuestionProps) {
  const rows = choice.rows.length;
  const isIdempotent = statement.prepared.isIdempotent === true;
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Run this ${nounOf(classification.verb)} for ${plural(rows, 'row')} on ${label}?`}
      description="Each row is sent once. A row that fails is kept with its reason, and is not sent again."
      footer={
        <>
          <Button onClick={onBack}>Back to the list</Button>
          <Button variant="primary" autoFocus onClick={onConfirm}>
            Run for {formatCount(rows)} {rows === 1 ? 'row' : 'rows'}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <pre className="thin-scrollbar max-h-[30vh] overflow-auto whitespace-pre-wrap break-words rounded border border-line bg-canvas p-3 text-xs">
          <Shown text={statement.text} as="text" />
        </pre>
        {classification.warnings.map((warning) => (
          <Notice key={warning} tone="warn">
            {warning}
          </Notice>
        ))}
        {!isIdempotent && (
          <Notice tone="warn">
            Running a row twice is not the same as running it once: it has a condition, a counter, an addition to a list
            or a function such as now(). Check rows whose outcome is unknown before you run them again.
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

interface RunningProps extends EachDialogProps {
  stage: Extract<Stage, { at: 'running' }>;
  onAgain: () => void;
}

function Running({ stage, statement, onAgain, onClose }: RunningProps) {
  const { session, choice } = stage;
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  const isOver = state.phase === 'ended' || state.phase === 'broken';
  useAskBeforeLeaving(!isOver);
  return (
    <Dialog
      open
      width="lg"
      // Only Stop ends it: a key pressed by accident must not.
      onOpenChange={(open) => {
        if (!open && isOver) onClose();
      }}
      title={`${plural(choice.rows.length, 'row')}, one run each`}
      description={<Shown text={statement.text} as="text" />}
      footer={
        isOver ? (
          <>
            <Button onClick={onAgain}>Another list</Button>
            <Button variant="primary" autoFocus onClick={onClose}>
              Close
            </Button>
          </>
        ) : (
          <Button variant="danger" autoFocus busy={state.phase === 'stopping'} onClick={() => void session.stop()}>
            Stop
          </Button>
        )
      }
    >
      <EachProgressView
        state={state}
        rows={choice.rows}
        header={choice.header}
        isIdempotent={statement.prepared.isIdempotent}
      />
    </Dialog>
  );
}
