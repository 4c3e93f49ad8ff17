import { X } from 'lucide-react';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/input';
import { TypedInput } from '@/components/ui/typed-input';
import type { Step } from '@/lib/contract/transforms';
import { newStep } from './new-step';

interface StepsEditorProps {
  /** Of the column. */
  name: string;
  type: string;
  steps: readonly Step[];
  onChange: (steps: Step[]) => void;
}

const NAMES: Readonly<Record<Step['do'], string>> = {
  trim: 'trim spaces',
  null_if: 'null if it is',
  split: 'split at',
  cast: 'as a value of',
  date_format: 'date written as',
  number_format: 'number written as',
};

type NumberStep = Extract<Step, { do: 'number_format' }>;

/** How numbers are written, by an example; problems name the step and these marks. */
const NUMBERS: readonly (readonly [example: string, marks: Pick<NumberStep, 'decimal' | 'group'>])[] = [
  ['1234,5', { decimal: ',' }],
  ['1.234,5', { decimal: ',', group: '.' }],
  ['1 234,5', { decimal: ',', group: ' ' }],
  ["1'234,5", { decimal: ',', group: "'" }],
  ['1,234.5', { decimal: '.', group: ',' }],
  ['1 234.5', { decimal: '.', group: ' ' }],
  ["1'234.5", { decimal: '.', group: "'" }],
  ['1_234.5', { decimal: '.', group: '_' }],
];

const KINDS = Object.keys(NAMES).filter((name): name is Step['do'] => Object.hasOwn(NAMES, name));

/** What is done to a field before it becomes a value, in order. */
export function StepsEditor({ name, type, steps, onChange }: StepsEditorProps) {
  return (
    <div className="space-y-1">
      {steps.map((step, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          key={at}
          className="flex items-center gap-1 text-xs"
        >
          <span className="shrink-0">{NAMES[step.do]}</span>
          <StepText
            name={name}
            step={step}
            onChange={(next) => onChange(steps.map((one, place) => (place === at ? next : one)))}
          />
          <IconButton
            size="sm"
            label={`Remove: ${NAMES[step.do]}`}
            onClick={() => onChange(steps.filter((_, place) => place !== at))}
          >
            <X size={12} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Select
        dense
        className="w-40!"
        aria-label={`Add a step for ${name}`}
        value=""
        onChange={({ target }) => {
          const kind = KINDS.find((one) => one === target.value);
          if (kind !== undefined) onChange([...steps, newStep(kind, type)]);
        }}
      >
        <option value="">as it is{steps.length > 0 ? ', then…' : '…'}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {NAMES[kind]} ({kind})
          </option>
        ))}
      </Select>
    </div>
  );
}

function StepText({ name, step, onChange }: { name: string; step: Step; onChange: (step: Step) => void }) {
  const input = (label: string, value: string, change: (text: string) => Step) => (
    <TypedInput
      aria-label={`${label} for ${name}`}
      mono
      className="h-6! w-28 text-xs!"
      value={value}
      onCommit={(text) => onChange(change(text))}
    />
  );
  switch (step.do) {
    case 'trim':
      return null;
    case 'null_if':
      return input('The text that is null', step.text, (text) => ({ ...step, text }));
    case 'split':
      return input('What stands between elements', step.by, (by) => (by === '' ? step : { ...step, by }));
    case 'cast':
      return input('The type', step.to, (to) => (to === '' ? step : { ...step, to }));
    case 'date_format':
      return (
        <>
          {input('The format', step.format, (format) => (format === '' ? step : { ...step, format }))}
          {input('The zone', step.zone ?? '', (zone) => {
            const { zone: _, ...rest } = step;
            return zone === '' ? rest : { ...rest, zone };
          })}
        </>
      );
    case 'number_format':
      return <NumberMarks name={name} step={step} onChange={onChange} />;
    default:
      return step satisfies never;
  }
}

function NumberMarks({
  name,
  step,
  onChange,
}: {
  name: string;
  step: NumberStep;
  onChange: (step: NumberStep) => void;
}) {
  const chosen = NUMBERS.find(([, { decimal, group }]) => decimal === step.decimal && group === step.group);
  return (
    <Select
      dense
      className="w-auto! font-mono"
      aria-label={`How numbers are written for ${name}`}
      value={chosen?.[0] ?? ''}
      onChange={({ target }) => {
        const marks = NUMBERS.find(([example]) => example === target.value)?.[1];
        if (marks !== undefined) onChange({ do: 'number_format', ...marks });
      }}
    >
      {chosen === undefined && <option value="">another way</option>}
      {NUMBERS.map(([example]) => (
        <option key={example}>{example}</option>
      ))}
    </Select>
  );
}
