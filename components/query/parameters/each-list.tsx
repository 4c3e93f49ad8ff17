import { type ChangeEvent, useId, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Checkbox, Select, Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useDebounced } from '@/lib/client/use-debounced';
import { EACH_CONCURRENCY, EACH_ROWS } from '@/lib/contract/limits';
import type { EachMarker } from '@/lib/contract/parameters';
import { formatCount, plural } from '@/lib/text/format';
import {
  CHECKED_ROWS,
  type EmptyCell,
  eachMarkers,
  type RowProblem,
  rowProblems,
  rowsProblem,
  type Sources,
} from '@/lib/workbench/each-request';
import {
  columnsFor,
  type Delimiter,
  guessDelimiter,
  type ListRow,
  looksLikeHeader,
  parseListText,
} from '@/lib/workbench/list-text';
import type { ParameterValues } from '@/lib/workbench/parameter-values';
import type { Parameter, PreparedText } from '@/lib/workbench/parameters';

/** What a run for each row was started with. */
export interface EachChoice {
  readonly rows: readonly ListRow[];
  readonly header: ListRow | null;
  readonly markers: readonly EachMarker[];
  readonly empty: EmptyCell;
  /** Null: adapts. */
  readonly concurrency: number | null;
  readonly stopOnFailure: boolean;
}

interface EachListProps {
  statement: PreparedText;
  parameters: readonly Parameter[];
  values: ParameterValues;
  /** The question stands in front of it. */
  hidden: boolean;
  /** Why nothing may run; undefined: not known yet. */
  blocked: string | null | undefined;
  onChoose: (choice: EachChoice) => void;
  onClose: () => void;
}

const TYPING_MS = 300;
const CONCURRENCIES = [1, 2, 4, 8, 16, 32, 64, EACH_CONCURRENCY];
const DELIMITERS: readonly (readonly [value: string, delimiter: Delimiter, words: string])[] = [
  ['comma', ',', 'commas (CSV)'],
  ['tab', '\t', 'tabs (TSV)'],
  ['semicolon', ';', 'semicolons'],
  ['line', null, 'nothing: one value a line'],
];

/** A text, and the file that it came from. */
interface Given {
  readonly text: string;
  readonly file: string | null;
}

/** The list, and where each parameter takes its values from. */
export function EachList(props: EachListProps) {
  const { parameters, hidden, blocked, onChoose, onClose } = props;
  const [given, setGiven] = useState<Given>({ text: '', file: null });
  const [choices, setChoices] = useState<Choices>({ empty: 'null', concurrency: null, stopOnFailure: false });
  const { list, sources, pick, problem, markers, bad } = useReadList(props, given.text, choices.empty);
  const count = plural(list.rows.length, 'row');
  const isReady = problem === null && blocked === null && markers !== null && list.rows.length > 0;
  if (hidden) return null;
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Run for each row of a list"
      description={`Prepares the statement once and runs it for each row, several at a time. A list has at most ${formatCount(EACH_ROWS)} rows.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!isReady}
            onClick={() => isReady && onChoose({ ...choices, rows: list.rows, header: list.header, markers })}
          >
            {list.rows.length === 0 ? 'Run' : `Run for ${count}`}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <ListInput given={given} onGiven={setGiven} />
        <ListForm list={list} />
        <SourceFields parameters={parameters} list={list} sources={sources} onPick={pick} />
        <RunChoices choices={choices} takesUnset={props.statement.prepared.takesUnset} onChoices={setChoices} />
        {blocked != null && <Notice tone="warn">{blocked}</Notice>}
        {problem !== null && <Notice tone="warn">{problem}</Notice>}
        {problem === null && bad.length > 0 && <BadRows bad={bad} checked={Math.min(CHECKED_ROWS, list.rows.length)} />}
      </div>
    </Dialog>
  );
}

/** The rows of a text, where the parameters take their values from, and what is wrong with that. */
function useReadList({ parameters, values }: EachListProps, text: string, empty: EmptyCell) {
  const list = useList(useDebounced(text, TYPING_MS), parameters);
  const [picked, setPicked] = useState<Sources>({});
  const sources: Sources = { ...list.sources, ...picked };
  const found = eachMarkers(parameters, sources, values);
  const unbound = 'problem' in found ? found.problem : null;
  const problem = text.trim() === '' ? null : (list.problem ?? rowsProblem(list.rows.length) ?? unbound);
  const bad = useMemo(
    () => rowProblems(parameters, { ...list.sources, ...picked }, list.rows, empty),
    [parameters, list, picked, empty],
  );
  const pick = (next: Sources) => setPicked({ ...picked, ...next });
  return { list, sources, pick, problem, markers: 'markers' in found ? found.markers : null, bad };
}

type List = ReturnType<typeof useList>;

/** A text as rows, by a delimiter and a header that are guessed until they are chosen. */
function useList(text: string, parameters: readonly Parameter[]) {
  const [chosenDelimiter, setDelimiter] = useState<Delimiter>();
  const [chosenHeader, setHasHeader] = useState<boolean>();
  const delimiter = useMemo(
    () => (chosenDelimiter === undefined ? guessDelimiter(text) : chosenDelimiter),
    [text, chosenDelimiter],
  );
  const read = useMemo(() => parseListText(text, delimiter), [text, delimiter]);
  return useMemo(() => {
    const all = 'rows' in read ? read.rows : [];
    const names = parameters.map(({ key }) => key);
    const hasHeader = chosenHeader ?? looksLikeHeader(all[0], names);
    const header = hasHeader ? (all[0] ?? null) : null;
    const rows = hasHeader ? all.slice(1) : all;
    const width = (header ?? rows[0])?.cells.length ?? 0;
    const columns = columnsFor(names, header, width);
    const sources: Sources = Object.fromEntries(names.map((name, at) => [name, columns[at] ?? null]));
    const problem = 'problem' in read ? read.problem : null;
    return { rows, header, width, sources, delimiter, hasHeader, problem, setDelimiter, setHasHeader };
  }, [read, parameters, chosenHeader, delimiter]);
}

interface ListInputProps {
  given: Given;
  onGiven: (given: Given) => void;
}

function ListInput({ given: { text, file }, onGiven }: ListInputProps) {
  const id = useId();
  const open = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = target.files?.[0];
    if (chosen !== undefined) onGiven({ file: chosen.name, text: await chosen.text() });
  };
  return (
    <div className="space-y-2">
      {file === null ? (
        <Field label="The list: CSV, TSV or one value a line">
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={7}
              autoFocus
              value={text}
              onChange={({ target }) => onGiven({ file, text: target.value })}
            />
          )}
        </Field>
      ) : (
        <p className="flex items-center gap-2 text-sm">
          From the file <span className="font-mono text-xs">{file}</span>
          <Button size="sm" onClick={() => onGiven({ text: '', file: null })}>
            Paste instead
          </Button>
        </p>
      )}
      <div className="flex items-center gap-2 text-xs">
        <label htmlFor={id} className="shrink-0 text-muted">
          Or open a file
        </label>
        <input
          id={id}
          type="file"
          className="min-h-6 min-w-0"
          accept=".csv,.tsv,.txt,text/*"
          onChange={(event) => void open(event)}
        />
      </div>
    </div>
  );
}

function ListForm({ list }: { list: List }) {
  const { delimiter, hasHeader, setDelimiter, setHasHeader, rows } = list;
  const value = DELIMITERS.find(([, sign]) => sign === delimiter)?.[0];
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <Field label="Cells are separated by">
        {(control) => (
          <Select
            {...control}
            dense
            value={value}
            onChange={({ target }) => setDelimiter(DELIMITERS.find(([name]) => name === target.value)?.[1] ?? null)}
          >
            {DELIMITERS.map(([name, , words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox className="text-xs" checked={hasHeader} onChange={({ target }) => setHasHeader(target.checked)}>
        The first row names the columns
      </Checkbox>
      <p className="ml-auto text-muted text-xs tabular-nums" aria-live="polite">
        {plural(rows.length, 'row')}
      </p>
    </div>
  );
}

interface SourceFieldsProps {
  parameters: readonly Parameter[];
  list: List;
  sources: Sources;
  onPick: (sources: Sources) => void;
}

function SourceFields({ parameters, list, sources, onPick }: SourceFieldsProps) {
  const { width, header, rows } = list;
  const columns = Array.from({ length: width }, (_, at) => {
    const name = header?.cells[at] ?? `column ${at + 1}`;
    const example = rows[0]?.cells[at];
    const shown = example === undefined ? '' : ` (${example.slice(0, 24)}${example.length > 24 ? '…' : ''})`;
    return { at, words: `${name}${shown}` };
  });
  return (
    <div className="flex flex-wrap gap-x-3 gap-y-2">
      {parameters.map(({ key, uses: [{ typeText }] }) => (
        <Field key={key} label={`${key} takes`} hint={typeText}>
          {(control) => (
            <Select
              {...control}
              dense
              className="max-w-56"
              value={sources[key] ?? ''}
              onChange={({ target }) => onPick({ [key]: target.value === '' ? null : Number(target.value) })}
            >
              <option value="">the value in the panel</option>
              {columns.map(({ at, words }) => (
                <option key={at} value={at}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ))}
    </div>
  );
}

type Choices = Pick<EachChoice, 'empty' | 'concurrency' | 'stopOnFailure'>;

interface RunChoicesProps {
  choices: Choices;
  takesUnset: boolean;
  onChoices: (choices: Choices) => void;
}

const EMPTY_WORDS: Readonly<Record<EmptyCell, string>> = {
  null: 'null',
  unset: 'unset: the column keeps what it has',
  value: 'a value: empty text',
};
const EMPTY_CELLS = ['null', 'unset', 'value'] as const;

function RunChoices({ choices, takesUnset, onChoices }: RunChoicesProps) {
  const { empty, concurrency, stopOnFailure } = choices;
  const change = (next: Partial<Choices>) => onChoices({ ...choices, ...next });
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <Field label="An empty cell is">
        {(control) => (
          <Select
            {...control}
            dense
            value={empty}
            onChange={({ target }) => change({ empty: EMPTY_CELLS.find((one) => one === target.value) ?? 'null' })}
          >
            {EMPTY_CELLS.filter((one) => takesUnset || one !== 'unset').map((one) => (
              <option key={one} value={one}>
                {EMPTY_WORDS[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Rows at the same time">
        {(control) => (
          <Select
            {...control}
            dense
            value={concurrency ?? ''}
            onChange={({ target }) => change({ concurrency: target.value === '' ? null : Number(target.value) })}
          >
            <option value="">adapts to the cluster</option>
            {CONCURRENCIES.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox
        className="text-xs"
        checked={stopOnFailure}
        onChange={({ target }) => change({ stopOnFailure: target.checked })}
      >
        Stop at the first row that fails
      </Checkbox>
    </div>
  );
}

function BadRows({ bad, checked }: { bad: readonly RowProblem[]; checked: number }) {
  const shown = bad.slice(0, 3).map(({ row, problem }) => `row ${row + 1}: ${problem}`);
  return (
    <Notice tone="warn" title={`${bad.length} of the first ${plural(checked, 'row')} will fail and not be sent`}>
      <ul className="text-xs">
        {shown.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}
