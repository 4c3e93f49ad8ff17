import { type RefObject, useEffect, useRef } from 'react';
import { Field } from '@/components/ui/field';
import { Input, Select, TrueOrFalse } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import { isChoice } from '@/lib/wire/typed-text';
import { typedNote } from '@/lib/wire/typed-value';
import type { ParameterValue } from '@/lib/workbench/parameter-values';
import { choicesOf, exampleFor, type Parameter, problemOf } from '@/lib/workbench/parameters';

/** The parameter that a run was stopped for; another object each time, so that its field is focused again. */
export interface MissedParameter {
  readonly key: string;
  readonly problem: string;
}

interface ParameterFieldProps {
  parameter: Parameter;
  value: ParameterValue | undefined;
  /** A run was stopped for this parameter. */
  missed: MissedParameter | null;
  onChange: (value: ParameterValue) => void;
}

const WORDS: Readonly<Record<ParameterValue['as'], string>> = {
  value: 'value',
  empty: 'empty',
  null: 'null',
  unset: 'unset',
};
const MEANING: Readonly<Partial<Record<ParameterValue['as'], string>>> = {
  null: 'null: removes what is in the column',
  unset: 'unset: leaves the column untouched',
};

/** One parameter: its value in a field for its type, or that it has none. */
export function ParameterField({ parameter, value, missed, onChange }: ParameterFieldProps) {
  const { key, uses } = parameter;
  const [{ type, typeText, several }] = uses;
  const as = value?.as ?? 'value';
  const text = value?.text ?? '';
  const choices = choicesOf(parameter);
  const problem = problemOf(parameter, value);
  const isMissing = problem?.missing === true;
  const error = problem === null ? undefined : isMissing ? missed?.problem : problem.problem;
  const note =
    as === 'value' && text !== '' ? typedNote(text, several && type.kind === 'list' ? type.of : type, several) : null;
  const input = useFocusWhen(missed);
  const change = (next: Partial<ParameterValue>) => onChange({ as, text, ...next });
  const label = (
    <>
      <code className="text-ink">
        <Shown text={key} as="name" />
      </code>{' '}
      <span className="font-normal text-faint">{typeText}</span>
    </>
  );
  return (
    <Field label={label} error={error} hint={note ?? MEANING[as]} className="min-w-44 max-w-96 flex-1">
      {(control) => (
        <div className="flex gap-1" ref={input}>
          {isChoice(type) && as === 'value' ? (
            <TrueOrFalse {...control} value={text} onChange={({ target }) => change({ text: target.value })} />
          ) : (
            <Input
              {...control}
              mono
              value={as === 'value' ? text : ''}
              disabled={as !== 'value'}
              placeholder={as === 'value' ? exampleFor(parameter) : WORDS[as]}
              onChange={({ target }) => change({ text: target.value })}
            />
          )}
          {choices.length > 1 && (
            <div className="w-20 shrink-0">
              <Select
                aria-label={`Kind of value for ${key}`}
                value={as}
                onChange={({ target }) => change({ as: choices.find((choice) => choice === target.value) ?? 'value' })}
              >
                {choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {WORDS[choice]}
                  </option>
                ))}
              </Select>
            </div>
          )}
        </div>
      )}
    </Field>
  );
}

/** Puts the focus into the first control of an element each time a run is stopped for it. */
function useFocusWhen(missed: MissedParameter | null): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (missed !== null) place.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, [missed]);
  return place;
}
