'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { endPass, takePass } from '@/lib/client/approvals';
import { errorText } from '@/lib/client/error-text';
import type { Pass } from '@/lib/contract/passes';

const USUAL_MINUTES = 15;

interface PassPanelProps {
  cluster: string;
  /** Those that last. */
  passes: readonly Pass[];
  /** The longest that whoever looks may take; 0: none. */
  passMinutes: number;
  onChanged: () => void;
}

/** The end of one’s own emergency pass, or a new one. Those that last are in the strip above every page. */
export function PassPanel({ cluster, passes, passMinutes, onChanged }: PassPanelProps) {
  const [isAsking, setAsking] = useState(false);
  const end = useMutation({ mutationFn: () => endPass(cluster), onSettled: onChanged });
  const hasOwn = passes.some(({ isOwn }) => isOwn);
  if (!hasOwn && passMinutes === 0) return null;
  return (
    <section aria-label="Emergency pass" className="flex flex-col items-start gap-2">
      {end.error !== null && <ErrorState title="The pass did not end" {...errorText(end.error)} />}
      {hasOwn ? (
        <Button busy={end.isPending} onClick={() => end.mutate()}>
          End your emergency pass
        </Button>
      ) : (
        passMinutes > 0 && <Button onClick={() => setAsking(true)}>Take an emergency pass…</Button>
      )}
      {isAsking && (
        <PassDialog
          {...{ cluster, passMinutes }}
          onClose={() => setAsking(false)}
          onTaken={() => {
            setAsking(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

interface PassDialogProps extends Pick<PassPanelProps, 'cluster' | 'passMinutes'> {
  onClose: () => void;
  onTaken: () => void;
}

/** Asks for the reason and the end. */
export function PassDialog({ cluster, passMinutes, onClose, onTaken }: PassDialogProps) {
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState(String(Math.min(USUAL_MINUTES, passMinutes)));
  const take = useMutation({
    mutationFn: (input: { reason: string; minutes: number }) => takePass(cluster, input),
    onSuccess: onTaken,
  });
  const minutes = /^\d+$/.test(typed) ? Number(typed) : 0;
  const isLong = minutes > passMinutes;
  const isReady = reason.trim().length >= 3 && minutes >= 1 && !isLong;
  const submit = () => isReady && take.mutate({ reason: reason.trim(), minutes });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Take an emergency pass"
      description="Until it ends, your changes of this cluster do not wait for a second person. Everybody sees it, and the audit marks each of them."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" disabled={!isReady} busy={take.isPending} onClick={submit}>
            Take the pass
          </Button>
        </>
      }
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Why can it not wait?">
          {(control) => (
            <Input {...control} autoFocus value={reason} onChange={({ target }) => setReason(target.value)} />
          )}
        </Field>
        <Field
          label="Minutes"
          hint={`At most ${passMinutes}.`}
          error={isLong ? `A pass lasts ${passMinutes} minutes at most.` : undefined}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="max-w-24"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        {take.error !== null && <ErrorState title="No pass was taken" {...errorText(take.error)} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
