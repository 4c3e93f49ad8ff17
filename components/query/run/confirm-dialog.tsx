'use client';

import { useState } from 'react';
import { ChangeFacts } from '@/components/confirm/change-facts';
import { SecondPerson, useSecondPerson } from '@/components/confirm/second-person';
import { WriteDialog } from '@/components/confirm/write-dialog';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { TypedName } from '@/components/ui/typed-name';
import { changesOf } from '@/lib/cluster/approval-words';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { QueryRequest } from '@/lib/contract/reads';
import type { Keyspace } from '@/lib/contract/schema';
import { qualifiedName } from '@/lib/cql/identifiers';
import type { ChangeSettings } from '@/lib/workbench/change-words';
import type { Step } from '@/lib/workbench/run';

interface ConfirmDialogProps {
  step: Step;
  /** `2 of 5` when several run. */
  place: string | null;
  keyspace: string | null;
  cluster: ClusterSummary | undefined;
  /** Of the cluster; empty while the schema is not known. */
  keyspaces: readonly Keyspace[];
  settings: ChangeSettings;
  /** The request that runs it once it is confirmed. */
  requestOf: (name: string | undefined) => QueryRequest;
  onConfirm: (name: string | undefined) => void;
  onDecline: () => void;
}

/** Asks before anything but a read runs, and shows its exact text; for DROP and TRUNCATE the target's name must be typed. */
export default function ConfirmDialog(props: ConfirmDialogProps) {
  const { step, place, keyspace, cluster, requestOf, onConfirm, onDecline } = props;
  const [typed, setTyped] = useState('');
  const { verb, isDestructive, target, warnings } = step.classification;
  const wantedName = isDestructive && target !== null ? target.name : undefined;
  // A field holds no line breaks; the rest of the name must be typed or pasted.
  const agreed = wantedName === undefined || typed === wantedName.replace(/[\r\n]/g, '');
  const name = cluster?.name ?? '';
  const isHeld = useSecondPerson(name, changesOf(step.classification));
  const wanted = agreed ? () => ({ of: 'statement' as const, request: requestOf(wantedName) }) : null;
  return (
    <WriteDialog
      title={`Run this ${nounOf(verb)} on ${cluster?.label ?? 'this cluster'}?`}
      description={describe(step, place, keyspace)}
      action={`Run ${nounOf(verb)}`}
      isDestructive={isDestructive}
      agreed={agreed}
      onAgree={() => onConfirm(wantedName)}
      onRefuse={onDecline}
      {...(isHeld ? { second: <SecondPerson cluster={name} wanted={wanted} /> } : {})}
    >
      <pre className="thin-scrollbar max-h-[40vh] overflow-auto whitespace-pre-wrap break-words rounded border border-line bg-canvas p-3 text-xs">
        <Shown text={step.text} as="text" />
      </pre>
      <ChangeFacts {...props} classification={step.classification} />
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      {wantedName !== undefined && <TypedName name={wantedName} typed={typed} onType={setTyped} />}
    </WriteDialog>
  );
}

/** `INSERT`, `DROP TABLE`. */
export function nounOf(verb: string): string {
  if (verb === '') return 'statement';
  return verb === 'INSERT INTO' ? 'INSERT' : verb;
}

function describe({ classification: { kind, target } }: Step, place: string | null, keyspace: string | null): string {
  const at = target === null ? '' : ` ${qualifiedName(target.keyspace ?? undefined, target.name)}`;
  const within = target === null && keyspace !== null ? ` Keyspace: ${keyspace}.` : '';
  const order = place === null ? '' : ` Statement ${place}.`;
  if (kind === 'drop') return `This removes${at} and everything in it. It cannot be undone.${order}`;
  if (kind === 'truncate') return `This removes every row of${at}. It cannot be undone.${order}`;
  return `This changes${at === '' ? ' the cluster' : at}.${within}${order}`;
}
