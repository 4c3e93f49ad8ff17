import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Wanted } from '@/components/confirm/ask-approval';
import { ChangeFacts } from '@/components/confirm/change-facts';
import { SecondPerson, useSecondPerson } from '@/components/confirm/second-person';
import { WriteDialog } from '@/components/confirm/write-dialog';
import { Checkbox } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { TypedName } from '@/components/ui/typed-name';
import { useAskBeforeLeaving } from '@/lib/client/ask-before-leaving';
import { classifyQuery } from '@/lib/client/classify';
import { type RoleOutcome, runReviewed } from '@/lib/client/roles';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Classification } from '@/lib/contract/statements';
import { hiddenPassword } from '@/lib/roles/statements';
import { plural } from '@/lib/text/format';
import type { Review } from './acts';
import { RoleOutcomes } from './role-outcomes';

interface RoleReviewProps {
  cluster: string;
  /** Undefined: not known yet. */
  summary: ClusterSummary | undefined;
  review: Review;
  onClose: () => void;
}

type Stage = 'asking' | 'running' | readonly RoleOutcome[];

/** Shows statements exactly as they will run, runs them once they are agreed to, and says what became of each. */
export function RoleReview({ cluster, summary, review, onClose }: RoleReviewProps) {
  const client = useQueryClient();
  const [stage, setStage] = useState<Stage>('asking');
  useAskBeforeLeaving(stage === 'running');
  const run = async (name: string | undefined) => {
    setStage('running');
    setStage(await runReviewed(client, cluster, { statements: review.statements, name }));
  };
  if (stage !== 'asking') {
    const outcomes = stage === 'running' ? null : stage;
    return <RoleOutcomes statements={review.statements} outcomes={outcomes} onClose={onClose} />;
  }
  return <Question {...{ cluster, summary, review }} onAgree={(name) => void run(name)} onRefuse={onClose} />;
}

interface QuestionProps extends Omit<RoleReviewProps, 'onClose'> {
  onAgree: (name: string | undefined) => void;
  onRefuse: () => void;
}

function Question({ cluster, summary, review: { statements, warnings }, onAgree, onRefuse }: QuestionProps) {
  const [typed, setTyped] = useState('');
  const found = useClassified(cluster, statements);
  const [only] = found;
  const dropped = found.find(({ isDestructive }) => isDestructive)?.target?.name;
  // A field holds no line breaks.
  const isTyped = dropped === undefined || typed === dropped.replace(/[\r\n]/g, '');
  const isKnown = found.length === statements.length;
  const isReadOnly = summary?.readOnly === true;
  const isAgreed = isKnown && isTyped && !isReadOnly;
  const isHeld = useSecondPerson(cluster, ['admin']);
  const wanted = isAgreed ? () => rolesWanted(statements, dropped) : null;
  return (
    <WriteDialog
      title={`Run ${plural(statements.length, 'statement')} on ${summary?.label ?? 'this cluster'}?`}
      description={
        statements.length === 1
          ? 'It runs exactly as it is shown.'
          : 'They run one after another, exactly as they are shown. Nothing runs after one that fails.'
      }
      action={`Run ${plural(statements.length, 'statement')}`}
      isDestructive={dropped !== undefined}
      agreed={isAgreed}
      onAgree={() => onAgree(dropped)}
      onRefuse={onRefuse}
      {...(isHeld ? { second: <SecondPerson cluster={cluster} wanted={wanted} /> } : {})}
    >
      <Statements statements={statements} />
      {only !== undefined && statements.length === 1 && (
        <ChangeFacts classification={only} keyspaces={[]} settings={{ consistency: null, serialConsistency: null }} />
      )}
      {[...found.flatMap((one) => one.warnings), ...warnings].map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      {isReadOnly && (
        <Notice tone="warn" title="Ringside only reads this cluster">
          Set writes to true for it in the configuration to run statements here, or copy them and run them elsewhere.
        </Notice>
      )}
      {dropped !== undefined && <TypedName name={dropped} typed={typed} onType={setTyped} />}
    </WriteDialog>
  );
}

/** The same statements, to run one after another once they are approved. */
function rolesWanted(statements: readonly string[], name: string | undefined): Wanted {
  const named = name === undefined ? {} : { name };
  const confirmed = statements.map((statement) => ({ statement, confirm: { statement, ...named } }));
  return { of: 'script', request: { statements: confirmed, onFailure: 'stop' } };
}

/** What the server makes of each; passwords are not sent for that. Shorter than the statements until all is known. */
function useClassified(cluster: string, statements: readonly string[]): readonly Classification[] {
  const distinct = [...new Set(statements.map(hiddenPassword))];
  const queries = distinct.map((statement) => classifyQuery(cluster, statement, null));
  const answers = useQueries({ queries });
  const found = new Map(distinct.map((statement, at) => [statement, answers[at]?.data]));
  return statements.flatMap((statement) => found.get(hiddenPassword(statement)) ?? []);
}

/** The exact text; a password in it is hidden until somebody wants to see it. */
function Statements({ statements }: { statements: readonly string[] }) {
  const [isVisible, setIsVisible] = useState(false);
  const texts = isVisible ? statements : statements.map(hiddenPassword);
  const hasPassword = statements.some((statement) => hiddenPassword(statement) !== statement);
  return (
    <>
      <section aria-label="Statements to run">
        <pre className="thin-scrollbar max-h-[40vh] overflow-auto whitespace-pre-wrap break-words rounded border border-line bg-canvas p-3 text-xs">
          <Shown text={texts.map((text) => `${text};`).join('\n')} as="text" />
        </pre>
      </section>
      {hasPassword && (
        <Checkbox checked={isVisible} onChange={({ target }) => setIsVisible(target.checked)}>
          Show the password
        </Checkbox>
      )}
    </>
  );
}
