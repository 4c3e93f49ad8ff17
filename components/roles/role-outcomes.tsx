import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Shown } from '@/components/ui/shown';
import { errorDetail } from '@/lib/client/error-detail';
import type { RoleOutcome } from '@/lib/client/roles';
import { hiddenPassword } from '@/lib/roles/statements';

interface RoleOutcomesProps {
  statements: readonly string[];
  /** Null: they run. Fewer than the statements: nothing was sent after a failure. */
  outcomes: readonly RoleOutcome[] | null;
  onClose: () => void;
}

const WORDS: Readonly<Record<RoleOutcome['applied'], { readonly word: string; readonly tone: Tone }>> = {
  applied: { word: 'done', tone: 'ok' },
  not_applied: { word: 'refused', tone: 'danger' },
  unknown: { word: 'unknown', tone: 'warn' },
};

/** What became of each statement. While they run it cannot be closed: nobody would hear the end. */
export function RoleOutcomes({ statements, outcomes, onClose }: RoleOutcomesProps) {
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => {
        if (!open && outcomes !== null) onClose();
      }}
      title={titleOf(statements, outcomes)}
      footer={
        <Button variant="primary" autoFocus busy={outcomes === null} onClick={onClose}>
          Close
        </Button>
      }
    >
      <ol className="flex flex-col gap-2">
        {statements.map((statement, at) => (
          <li key={statement} className="flex flex-col gap-1">
            <p className="flex items-start gap-2">
              <OutcomeBadge outcomes={outcomes} at={at} />
              <code className="min-w-0 break-words font-mono text-xs">
                <Shown text={hiddenPassword(statement)} as="text" />
              </code>
            </p>
            <Failed outcome={outcomes?.[at]} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function titleOf(statements: readonly string[], outcomes: RoleOutcomesProps['outcomes']): string {
  if (outcomes === null) return 'Running…';
  if (outcomes.some(({ applied }) => applied === 'unknown')) return 'It is not known whether all of it was done';
  const done = outcomes.filter(({ applied }) => applied === 'applied').length;
  if (done === statements.length) return done === 1 ? 'Done' : `All ${done} statements are done`;
  return done === 0 ? 'Nothing was changed' : `${done} of ${statements.length} statements are done`;
}

function OutcomeBadge({ outcomes, at }: { outcomes: RoleOutcomesProps['outcomes']; at: number }) {
  if (outcomes === null) return <Badge>sent</Badge>;
  const outcome = outcomes[at];
  if (outcome === undefined) return <Badge>not sent</Badge>;
  const { word, tone } = WORDS[outcome.applied];
  return <Badge tone={tone}>{word}</Badge>;
}

function Failed({ outcome }: { outcome: RoleOutcome | undefined }) {
  if (outcome === undefined || outcome.error === null) return null;
  const { message, hint } = outcome.error;
  const advice =
    outcome.applied === 'unknown' ? 'It may have been done. Look at the role before you run it again.' : hint;
  return <ErrorState message={message} hint={advice} detail={errorDetail(outcome.error)} />;
}
