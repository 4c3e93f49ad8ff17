import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { askForApproval } from '@/lib/client/approvals';
import { approvalsPath } from '@/lib/client/approvals-path';
import { errorText } from '@/lib/client/error-text';
import type { Approval, AskApproval as Asked } from '@/lib/contract/approvals';

/** What is asked for, without its reason. */
type Unreasoned<T> = T extends unknown ? Omit<T, 'reason'> : never;
export type Wanted = Unreasoned<Asked>;

const SHORTEST_REASON = 3;

interface AskApprovalProps {
  /** Where the request would be sent to run it. */
  cluster: string;
  /** Null: what must be confirmed first is not. */
  wanted: (() => Wanted) | null;
}

/** In a review, instead of running it: asks somebody else, with a reason, and then says where it waits. */
export default function AskApproval({ cluster, wanted }: AskApprovalProps) {
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: (what: Wanted) => askForApproval(cluster, { ...what, reason: reason.trim() }),
  });
  if (ask.data !== undefined) return <Waits asked={ask.data} />;
  const isReady = wanted !== null && reason.trim().length >= SHORTEST_REASON;
  return (
    <section aria-label="A second person is needed" className="space-y-2">
      <Notice tone="warn" title="This needs a second person">
        Nothing runs now. Somebody else must approve exactly this; then you can run it once.
      </Notice>
      <Field label="Why is it needed?" hint="A sentence for whoever approves it. It is kept.">
        {(control) => (
          <Textarea {...control} rows={2} value={reason} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
      {ask.error !== null && <ErrorState title="It was not asked for" {...errorText(ask.error)} />}
      <Button
        variant="primary"
        disabled={!isReady}
        busy={ask.isPending}
        onClick={() => wanted !== null && ask.mutate(wanted())}
      >
        Ask for approval
      </Button>
    </section>
  );
}

function Waits({ asked: { cluster } }: { asked: Approval }) {
  return (
    <div role="status" className="space-y-2">
      <Notice title="It waits for approval">
        Nothing has run. When somebody has approved it, run it on the page Approvals.
      </Notice>
      <LinkButton href={approvalsPath(cluster)}>Open Approvals</LinkButton>
    </div>
  );
}
