import { ignore, type SharedPart } from '@/components/ui/states';
import type { LoadDuplicate, LoadPreview, LoadProblem, LoadRequest } from '@/lib/contract/load';
import { type SourceOptions, sourceOptionsSchema } from '@/lib/contract/load-sources';
import { DryRunView } from './dry-run-view';
import { FormatFields } from './format-fields';
import { FIRST_DRAFT, type LoadDraft, problemsOf } from './load-draft';
import { MappingTable } from './mapping-table';
import { OptionsFields } from './options-fields';
import { RecordsTable } from './records-table';
import { begun, type DryRun } from './use-dry-run';

const SOURCE: SourceOptions = sourceOptionsSchema.parse({ format: 'csv' });
const PROBLEM: LoadProblem = {
  ...{ number: 2, line: 3, character: 7, column: 'born', field: 'born', value: '10.12.1815' },
  message: 'born: expected date: such as 2001-01-09; got "10.12.1815"',
};
export const PREVIEW: LoadPreview = {
  ...{ token: 'token', expiresAt: '2026-11-29T12:05:00.000Z', confirmName: null, problem: null, request: null },
  source: SOURCE,
  guesses: [
    { option: 'delimiter', value: ',', reason: 'commas cut its first records into 2 fields each' },
    { option: 'header', value: 'true', reason: 'its first record names the column id' },
  ],
  mapping: [
    { to: 'id', from: { field: 'id' }, steps: [] },
    { to: 'born', from: { field: 'born' }, steps: [{ do: 'trim' }, { do: 'date_format', format: 'dd.MM.yyyy' }] },
    { to: 'origin', from: { constant: "'import'" }, steps: [] },
  ],
  statement: 'INSERT INTO shop.people (id, born, origin) VALUES (?, ?, ?)',
  files: [{ name: 'people.csv', bytes: 1_000 }],
  fields: ['id', 'born'],
  columns: [
    { name: 'id', type: 'int', kind: 'partition_key' },
    { name: 'born', type: 'date', kind: 'regular' },
    { name: 'origin', type: 'text', kind: 'static' },
    { name: 'note', type: 'text', kind: 'regular' },
  ],
  records: [
    { number: 1, line: 2, fields: ['1', '10.12.1815'], row: { id: '1', born: '1815-12-10' }, problem: null },
    { number: 2, line: 3, fields: ['2', null], row: null, problem: PROBLEM },
  ],
  notes: [],
};

const DUPLICATE: LoadDuplicate = {
  key: 'id = 7',
  later: { file: null, at: 90 },
  earlier: { file: null, at: 8 },
};
const REQUEST: LoadRequest = {
  ...{ keyspace: 'shop', table: 'people', from: { path: '/srv/imports/people.csv' }, source: SOURCE },
  bind: { mapping: PREVIEW.mapping, nulls: 'unset', emptyText: 'refused' },
  options: {
    ...{ consistency: 'LOCAL_QUORUM', timeoutMs: 10_000, rowsPerSecond: null, verify: 'sample' },
    maxFailures: { rows: 100, share: null },
  },
};
const COUNTS = {
  ...{ records: 1_000, good: 998, bad: 2, duplicates: 1, allKeysCompared: true },
  ...{ bytes: 400_000, totalBytes: 1_000_000, elapsedMs: 120 },
};
const dry =
  (change: Partial<DryRun>, isCurrent = true) =>
  () => (
    <DryRunView
      isCurrent={isCurrent}
      run={{
        ...begun(REQUEST),
        counts: COUNTS,
        ...change,
      }}
    />
  );
const options = (change: Partial<LoadDraft>) => () => {
  const draft = { ...FIRST_DRAFT, ...change };
  return <OptionsFields draft={draft} problems={problemsOf(draft)} fields={PREVIEW.fields} onChange={ignore} />;
};
const format = (found: SourceOptions) => () => (
  <FormatFields chosen={{}} found={found} guesses={PREVIEW.guesses} fields={PREVIEW.fields} onChange={ignore} />
);

export const loadStates: SharedPart = {
  name: 'load',
  place: 'w-[min(960px,100vw)]',
  states: {
    'a CSV file with names': { draw: format(SOURCE), shows: [['combobox', 'Delimiter'], ['checkbox']] },
    'a CSV file without names': {
      draw: format({ ...SOURCE, csv: { ...SOURCE.csv, header: ['field_1', 'field_2'] } }),
      shows: [['textbox', 'Names of the fields, with commas between']],
    },
    'a Parquet file': { draw: format({ ...SOURCE, format: 'parquet' }), shows: [['combobox', 'Format']] },
    'columns and fields': {
      draw: () => <MappingTable preview={PREVIEW} mapping={PREVIEW.mapping} onChange={ignore} />,
      shows: [
        ['table', 'Columns and where they come from'],
        ['textbox', 'The format for born'],
        ['textbox', 'origin in all rows, as CQL'],
      ],
    },
    'first records': {
      draw: () => <RecordsTable records={PREVIEW.records} mapped={['id', 'born']} />,
      shows: [['table', 'What the first records become']],
    },
    options: { draw: options({}), shows: [['combobox', 'Consistency']] },
    'options that cannot be': {
      draw: options({ rate: 'fast', ttl: { kind: 'constant', text: '1h' } }),
      shows: [['textbox', 'TTL in seconds, of all rows']],
    },
    'a dry run on its way': { draw: dry({}), shows: [['status'], ['progressbar', 'Dry run']] },
    'a dry run with problems': {
      draw: dry({ standing: 'ended', problems: [PROBLEM], duplicates: [DUPLICATE], sha256: 'ab'.repeat(32) }),
      shows: [['status'], ['table', 'What is wrong in the file'], ['table', 'Keys that come twice']],
    },
    'a file that breaks off': {
      draw: dry({ standing: 'failed', message: 'The gzip data ends early: the file is incomplete.' }, false),
      shows: [['status'], ['alert']],
    },
  },
};
