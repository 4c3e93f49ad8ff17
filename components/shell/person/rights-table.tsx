import { Badge, type Tone } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import {
  type AskedPlace,
  allowanceOf,
  limitLines,
  missingWords,
  placeWords,
  ruleWords,
  VERB_WORDS,
} from '@/lib/cluster/rights-words';
import type { RightsAnswer, ShownRule, VerbAnswer } from '@/lib/contract/rights-answer';

const TONES: Readonly<Record<ReturnType<typeof allowanceOf>, Tone>> = { yes: 'ok', partly: 'warn', no: 'neutral' };

interface RightsTableProps {
  answer: RightsAnswer;
  place: AskedPlace;
}

/** Verb by verb what a person may do somewhere, and all that their roles give on the cluster. */
export function RightsTable({ answer, place }: RightsTableProps) {
  const { person, verbs, rules, isReadOnly } = answer;
  return (
    <div className="space-y-3">
      <p className="text-muted text-sm">
        {person === null ? 'Nobody signs in here, so everybody may do everything.' : <PersonLine {...person} />}
      </p>
      {isReadOnly && (
        <Notice>
          This cluster is read-only: nobody can change anything on it with Ringside, whatever their roles.
        </Notice>
      )}
      <DataTable
        caption={`Rights on ${placeWords(place)}`}
        columns={columnsOf(place.cluster)}
        rows={verbs}
        rowKey={({ verb }) => verb}
      />
      {person !== null && <RuleList rules={rules} />}
    </div>
  );
}

function PersonLine({ name, way, groups }: NonNullable<RightsAnswer['person']>) {
  return (
    <>
      <Shown text={name} as="name" /> ({way}),{' '}
      {groups.length === 0 ? 'in no group' : <Shown text={`in ${groups.join(', ')}`} as="text" />}
    </>
  );
}

function columnsOf(cluster: string): DataColumn<VerbAnswer>[] {
  return [
    { id: 'verb', header: 'Right', rowHeader: true, mono: true, cell: ({ verb }) => verb },
    {
      id: 'may',
      header: 'Allowed',
      cell: (answer) => <Badge tone={TONES[allowanceOf(answer)]}>{allowanceOf(answer)}</Badge>,
    },
    { id: 'why', header: 'By which rule, or what is missing', className: WRAPS, cell: (one) => reasonOf(one, cluster) },
    { id: 'what', header: 'For', className: WRAPS, cell: ({ verb }) => VERB_WORDS[verb] },
  ];
}

const WRAPS = 'whitespace-normal!';

function reasonOf({ rule, missing, partly, limits }: VerbAnswer, cluster: string) {
  return (
    <>
      {rule !== null && <RuleWords rule={rule} />}
      {limitLines(limits).map((line) => (
        <span key={line} className="block text-warn">
          {line}
        </span>
      ))}
      {partly !== null && <RuleWords rule={partly} />}
      {missing !== null && (
        <span className="block text-muted">
          <Shown text={missingWords(missing, cluster)} as="text" />
        </span>
      )}
    </>
  );
}

function RuleWords({ rule }: { rule: ShownRule }) {
  return (
    <span className="block">
      role <code className="font-mono text-xs">{rule.role}</code>: <Shown text={ruleWords(rule)} as="text" />
    </span>
  );
}

function RuleList({ rules }: { rules: readonly ShownRule[] }) {
  if (rules.length === 0) return <p className="text-muted text-sm">No role gives anything on this cluster.</p>;
  return (
    <section aria-label="All rules on this cluster">
      <h3 className="font-medium text-sm">All rules on this cluster</h3>
      <ul className="mt-1 space-y-1 text-sm">
        {rules.map((rule) => (
          <li key={JSON.stringify(rule)}>
            <RuleWords rule={rule} /> <span className="text-muted">gives {rule.verbs.join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
