import { type FormEvent, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { ViewPlan } from '@/lib/browse/planner';
import { type Filter, MOST_SIMILAR_ROWS } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { spelledOut } from '@/lib/text/unseen';
import { CostBadge } from '../cost-badge';
import { type DraftField, draftOf, type FilterDraft, readDraft, withSubject } from './filter-draft';
import {
  choicesFor,
  choiceText,
  type FilterChoice,
  type FilterSubject,
  formOf,
  keyType,
  subjectsOf,
  valueType,
} from './operators';
import { ValueField } from './value-field';

interface FilterFormProps {
  shape: TableShape;
  /** The filters beside this one. */
  others: readonly Filter[];
  initial?: Filter;
  plan: (filters: readonly Filter[]) => ViewPlan | undefined;
  verb: string;
  onApply: (filter: Filter) => void;
}

/** One condition: column, operator, value. It says what the view would cost with it before it is applied. */
export function FilterForm({ shape, others, initial, plan, verb, onApply }: FilterFormProps) {
  const [draft, setDraft] = useState(() => draftOf(shape, others, initial));
  const [left, setLeft] = useState<ReadonlySet<DraftField>>(new Set());
  const subjects = useMemo(() => subjectsOf(shape), [shape]);
  if (draft === undefined) return null;

  const { subject, choice } = draft;
  const type = valueType(shape, subject, choice);
  const read = readDraft(shape, draft);
  const built = 'filter' in read ? plan([...others, read.filter]) : undefined;
  const change = (part: Partial<FilterDraft>) => setDraft({ ...draft, ...part });
  const leave = (...fields: DraftField[]) => setLeft(new Set([...left, ...fields]));
  const errorOf = (field: DraftField) => ('problems' in read && left.has(field) ? read.problems[field] : undefined);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    leave('value', 'key', 'limit');
    if ('filter' in read) onApply(read.filter);
  };

  return (
    <form onSubmit={apply} className="flex flex-col gap-3">
      <SubjectField
        subjects={subjects}
        value={subject}
        onChange={(next) => {
          setLeft(new Set());
          setDraft(withSubject(shape, draft, next));
        }}
      />
      <ChoiceField
        choices={choicesFor(shape, subject)}
        value={choice}
        outcome={(one) => plan([...others, standIn(subject, one)])}
        onChange={(next) => change({ choice: next })}
      />
      {choice === 'ENTRY' && (
        <ValueField
          label="Key"
          type={keyType(shape, subject)}
          text={draft.keyText}
          error={errorOf('key')}
          onChange={(keyText) => change({ keyText })}
          onLeave={() => leave('key')}
        />
      )}
      {type !== undefined && (
        <ValueField
          label="Value"
          focused
          several={choice === 'IN'}
          hint={choice === 'LIKE' ? 'abc%, %abc% or %abc: % stands for any text' : formatCqlType(type)}
          type={type}
          text={draft.text}
          error={errorOf('value')}
          onChange={(text) => change({ text })}
          onLeave={() => draft.text !== '' && leave('value')}
        />
      )}
      {choice === 'ANN OF' && (
        <Field label="Rows at most" error={errorOf('limit')} hint={`the nearest first, up to ${MOST_SIMILAR_ROWS}`}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={draft.limitText}
              onChange={({ target }) => change({ limitText: target.value })}
              onBlur={() => leave('limit')}
            />
          )}
        </Field>
      )}
      <div className="flex min-h-6 items-center justify-between gap-2">
        <span className="min-w-0">{built !== undefined && <CostBadge built={built} />}</span>
        <Button type="submit" variant="primary" size="sm">
          {verb}
        </Button>
      </div>
    </form>
  );
}

function SubjectField(props: {
  subjects: readonly FilterSubject[];
  value: FilterSubject;
  onChange: (subject: FilterSubject) => void;
}) {
  const { subjects, value, onChange } = props;
  const groups = [...new Set(subjects.map(({ group }) => group))];
  return (
    <Field label="Column">
      {(control) => (
        <Select
          {...control}
          value={value.id}
          onChange={({ target }) => onChange(subjects.find(({ id }) => id === target.value) ?? value)}
        >
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {subjects
                .filter((subject) => subject.group === group)
                .map(({ id, label }) => (
                  <option key={id} value={id}>
                    {spelledOut(label)}
                  </option>
                ))}
            </optgroup>
          ))}
        </Select>
      )}
    </Field>
  );
}

function ChoiceField(props: {
  choices: readonly FilterChoice[];
  value: FilterChoice;
  outcome: (choice: FilterChoice) => ViewPlan | undefined;
  onChange: (choice: FilterChoice) => void;
}) {
  const { choices, value, outcome, onChange } = props;
  return (
    <Field label="Operator">
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={({ target }) => onChange(choices.find((one) => one === target.value) ?? value)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {[choiceText(choice), outcomeText(outcome(choice))].filter((part) => part !== '').join(' · ')}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** More would make the list wider than the form; the whole of it stands below once the choice is made. */
const LONGEST_OUTCOME = 34;

function outcomeText(built: ViewPlan | undefined): string {
  if (built === undefined) return '';
  const { problem, needsFiltering, costText } = built;
  if (problem === null) return costText.text;
  if (problem.length <= LONGEST_OUTCOME) return problem;
  return needsFiltering === null ? 'not served' : 'only with filtering';
}

/** A filter with some value or other: what it costs hangs on its form alone. */
function standIn(subject: FilterSubject, choice: FilterChoice): Filter {
  const value = choice === 'IN' ? ['0'] : choice === 'LIKE' ? 'x%' : '0';
  return { ...formOf(subject, choice), value };
}
