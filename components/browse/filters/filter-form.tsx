import { type FormEvent, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { ViewPlan } from '@/lib/browse/planner';
import { type Filter, MOST_SIMILAR_ROWS } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { spelledOut } from '@/lib/text/unseen';
import { CostLine } from '../cost-badge';
import { type DraftField, draftOf, type FilterDraft, readDraft, withSubject } from './filter-draft';
import {
  choiceFacts,
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

/** One condition: column, operator, value. It says what the view would cost with it, before it is applied. */
export function FilterForm({ shape, others, initial, plan, verb, onApply }: FilterFormProps) {
  const form = useFilterDraft(shape, others, initial);
  const subjects = useMemo(() => subjectsOf(shape), [shape]);
  const { draft, read } = form;
  if (draft === undefined || read === undefined) return null;

  const built = 'filter' in read ? plan([...others, read.filter]) : undefined;
  const apply = (event: FormEvent) => {
    event.preventDefault();
    form.leave('value', 'key', 'limit');
    if ('filter' in read) onApply(read.filter);
  };
  return (
    <form onSubmit={apply} className="flex flex-col gap-3">
      <SubjectField
        subjects={subjects}
        value={draft.subject}
        onChange={(next) => form.begin(withSubject(shape, draft, next))}
      />
      <MaskedNote shape={shape} />
      <ChoiceField
        choices={choicesFor(shape, draft.subject)}
        value={draft.choice}
        outcome={(one) => plan([...others, standIn(draft.subject, one)])}
        onChange={(choice) => form.change({ choice })}
      />
      <DraftFields shape={shape} draft={draft} form={form} />
      <div className="min-h-6">{built !== undefined && <CostLine built={built} />}</div>
      <Button type="submit" variant="primary" size="sm" className="self-end">
        {verb}
      </Button>
    </form>
  );
}

/** Which columns are not offered, and by which role. */
function MaskedNote({ shape }: Pick<FilterFormProps, 'shape'>) {
  const masked = shape.columns.filter((column) => column.masked !== undefined);
  if (masked.length === 0) return null;
  const names = masked.map((column) => `${spelledOut(column.name)} by the role ${column.masked}`);
  return <p className="text-muted text-xs">Masked for you, so no filter: {names.join(', ')}.</p>;
}

/** What is typed so far. A field says what is wrong with it only once somebody has left it. */
function useFilterDraft(shape: TableShape, others: readonly Filter[], initial: Filter | undefined) {
  const [draft, setDraft] = useState(() => draftOf(shape, others, initial));
  const [left, setLeft] = useState<ReadonlySet<DraftField>>(new Set());
  const read = draft && readDraft(shape, draft);
  return {
    draft,
    read,
    begin: (next: FilterDraft) => {
      setLeft(new Set());
      setDraft(next);
    },
    change: (part: Partial<FilterDraft>) => draft && setDraft({ ...draft, ...part }),
    leave: (...fields: DraftField[]) => setLeft(new Set([...left, ...fields])),
    errorOf: (field: DraftField) =>
      read !== undefined && 'problems' in read && left.has(field) ? read.problems[field] : undefined,
  };
}

interface DraftFieldsProps {
  shape: TableShape;
  draft: FilterDraft;
  form: Pick<ReturnType<typeof useFilterDraft>, 'change' | 'leave' | 'errorOf'>;
}

/** The fields that the operator needs. */
function DraftFields({ shape, draft, form: { change, leave, errorOf } }: DraftFieldsProps) {
  const { subject, choice } = draft;
  const facts = choiceFacts(choice);
  const type = valueType(shape, subject, choice);
  return (
    <>
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
          several={facts.isList}
          hint={facts.hint ?? formatCqlType(type)}
          type={type}
          text={draft.text}
          error={errorOf('value')}
          onChange={(text) => change({ text })}
          onLeave={() => draft.text !== '' && leave('value')}
        />
      )}
      {facts.place === 'order' && (
        <Field label="Rows at most" error={errorOf('limit')} hint={`nearest first, at most ${MOST_SIMILAR_ROWS}`}>
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
    </>
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

/** A longer one would make the list wider than the form; the line below shows all of it once the choice is made. */
const LONGEST_OUTCOME = 34;

function outcomeText(built: ViewPlan | undefined): string {
  if (built === undefined) return '';
  const { problem, needsFiltering, costText } = built;
  if (problem === null) return costText.text;
  if (problem.length <= LONGEST_OUTCOME) return problem;
  return needsFiltering === null ? 'not served' : 'only with filtering';
}

/** A filter with any value: its cost depends only on its form. */
function standIn(subject: FilterSubject, choice: FilterChoice): Filter {
  const { standIn: value } = choiceFacts(choice);
  return { ...formOf(subject, choice), value: typeof value === 'string' ? value : [...value] };
}
