'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Keyspace } from '@/lib/contract/schema';
import { qualifiedName } from '@/lib/cql/identifiers';
import type { ChangeSettings } from '@/lib/workbench/change-words';
import type { Step } from '@/lib/workbench/run';
import { ChangeFacts } from './change-facts';

interface ConfirmDialogProps {
  step: Step;
  /** `2 of 5` when several run. */
  place: string | null;
  keyspace: string | null;
  cluster: ClusterSummary | undefined;
  /** Of the cluster; empty while the schema is not known. */
  keyspaces: readonly Keyspace[];
  settings: ChangeSettings;
  onConfirm: (name: string | undefined) => void;
  onDecline: () => void;
}

/** Asks before anything but a read runs, and shows its exact text; for DROP and TRUNCATE the target's name must be typed. */
export default function ConfirmDialog(props: ConfirmDialogProps) {
  const { step, place, keyspace, cluster, onConfirm, onDecline } = props;
  const [typed, setTyped] = useState('');
  const { verb, isDestructive, target, warnings } = step.classification;
  const wanted = isDestructive && target !== null ? target.name : undefined;
  // A field holds no line breaks; the rest of the name must be typed or pasted.
  const agreed = wanted === undefined || typed === wanted.replace(/[\r\n]/g, '');
  const action = `Run ${nounOf(verb)}`;
  const confirm = () => {
    if (agreed) onConfirm(wanted);
  };
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => {
        if (!open) onDecline();
      }}
      title={`Run this ${nounOf(verb)} on ${cluster?.label ?? 'this cluster'}?`}
      description={describe(step, place, keyspace)}
      footer={
        <>
          <Button onClick={onDecline}>Cancel</Button>
          <Button
            variant={isDestructive ? 'danger' : 'primary'}
            disabled={!agreed}
            autoFocus={wanted === undefined}
            onClick={confirm}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
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
        {wanted !== undefined && (
          <Field
            label={
              <>
                Type{' '}
                <code className="text-ink">
                  <Shown text={wanted} as="name" />
                </code>{' '}
                to confirm
              </>
            }
          >
            {(control) => (
              <Input {...control} mono autoFocus value={typed} onChange={({ target }) => setTyped(target.value)} />
            )}
          </Field>
        )}
        {wanted !== undefined && !/^[!-~]*$/.test(wanted) && <CopyName name={wanted} />}
      </form>
    </Dialog>
  );
}

/** For a name that is hard to type. */
function CopyName({ name }: { name: string }) {
  return (
    <div className="flex items-center gap-2 text-muted text-xs">
      <p>This name has characters that are hard to type or look like others: copy and paste it.</p>
      <CopyButton text={name} label="Copy the name" variant="secondary">
        Copy
      </CopyButton>
    </div>
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
