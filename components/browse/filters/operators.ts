import { type FilterOperator, type FilterOperatorFacts, OPERATORS } from '@/lib/contract/filter-operators';
import type { Filter } from '@/lib/contract/filters';
import { NATIVE } from '@/lib/cql/native-types';
import type { ColumnShape, IndexShape, TableShape } from '@/lib/cql/schema-lookup';
import { type FilterForm, operandType } from '@/lib/cql/select-filters';
import type { CqlType } from '@/lib/cql/types';

/** What a filter is about: a column, several clustering columns together, or the token of the partition key. */
export interface FilterSubject {
  /** Unique within a table. */
  readonly id: string;
  readonly label: string;
  readonly group: 'Partition key' | 'Clustering' | 'Static' | 'Other columns';
  readonly column: string;
  readonly tuple?: readonly string[];
  readonly token?: true;
}

/** How a subject is compared. `ENTRY` is the value under one key of a map. */
export type FilterChoice = FilterOperator | 'ENTRY';

const GROUPS = {
  partition_key: 'Partition key',
  clustering: 'Clustering',
  static: 'Static',
  regular: 'Other columns',
} as const;

/** More clustering columns than this are offered together only from the first one on. */
const FEW_CLUSTERING = 4;

/** Everything that can be filtered, in the order of the table: what is masked cannot. */
export function subjectsOf(shape: TableShape): readonly FilterSubject[] {
  const { partitionKey, clusteringKey } = shape;
  const [first = ''] = partitionKey;
  const columns = [...partitionKey, ...clusteringKey].flatMap(
    (name) => shape.columns.find((one) => one.name === name) ?? [],
  );
  const others = shape.columns.filter(
    ({ kind, masked }) => masked === undefined && (kind === 'static' || kind === 'regular'),
  );
  const single = ({ name, kind }: ColumnShape): FilterSubject => {
    return { id: name, label: name, group: GROUPS[kind], column: name };
  };
  return [
    ...columns.filter(({ kind }) => kind === 'partition_key').map(single),
    { id: ' token', label: `token(${partitionKey.join(', ')})`, group: 'Partition key', column: first, token: true },
    ...columns.filter(({ kind }) => kind === 'clustering').map(single),
    ...tuplesOf(clusteringKey),
    ...others.map(single),
  ];
}

/** Neighbouring clustering columns, compared together. */
function tuplesOf(clusteringKey: readonly string[]): FilterSubject[] {
  const starts = clusteringKey.length <= FEW_CLUSTERING ? clusteringKey.length - 1 : 1;
  return Array.from({ length: Math.max(0, starts) }, (_, from) => from).flatMap((from) =>
    clusteringKey.slice(from + 1).map((_, more): FilterSubject => {
      const [column = '', ...tuple] = clusteringKey.slice(from, from + more + 2);
      const label = `(${[column, ...tuple].join(', ')}) together`;
      return { id: ` tuple ${from} ${more}`, label, group: 'Clustering', column, tuple };
    }),
  );
}

/** The subject that a filter is about. */
export function subjectOf(shape: TableShape, { column, tuple = [], operator }: Filter): FilterSubject | undefined {
  const isToken = OPERATORS[operator].place === 'token';
  return subjectsOf(shape).find(
    (subject) =>
      subject.column === column &&
      (subject.token === true) === isToken &&
      (subject.tuple ?? []).join('\n') === tuple.join('\n'),
  );
}

const POINTS: readonly FilterChoice[] = ['=', 'IN'];
const RANGES: readonly FilterChoice[] = ['<', '<=', '>', '>='];

/** The operators that a subject takes, the likeliest first, whether or not Cassandra can serve them. */
export function choicesFor(shape: TableShape, subject: FilterSubject): readonly FilterChoice[] {
  if (subject.token) return ['TOKEN >', 'TOKEN <='];
  if (subject.tuple) return ['>=', '>', '<=', '<', '=', 'IN'];
  const column = shape.columns.find(({ name }) => name === subject.column);
  if (column === undefined) return [];
  const { kind, type } = column;
  if (kind === 'partition_key') return [...POINTS, ...RANGES];
  if (type.kind === 'vector') return ['ANN OF'];
  const indexes = shape.indexes.filter((index) => index.column === subject.column);
  return byIndex([...ofType(type), ...(likes(type) ? (['LIKE'] as const) : [])], indexes);
}

function ofType(type: CqlType): readonly FilterChoice[] {
  const isOpen =
    'frozen' in type ? type.frozen !== true : type.kind === 'list' || type.kind === 'set' || type.kind === 'map';
  switch (type.kind) {
    case 'map':
      return isOpen ? ['CONTAINS KEY', 'CONTAINS', 'ENTRY'] : ['=', 'IN', 'CONTAINS KEY', 'CONTAINS'];
    case 'list':
    case 'set':
      return isOpen ? ['CONTAINS'] : ['=', 'IN', 'CONTAINS'];
    case 'native':
      return NATIVE[type.name].isOrdered ? [...POINTS, ...RANGES] : POINTS;
    default:
      return [...POINTS, ...RANGES];
  }
}

function likes(type: CqlType): boolean {
  return type.kind === 'native' && NATIVE[type.name].face === 'text';
}

/** What an index was made for comes first. */
function byIndex(choices: readonly FilterChoice[], indexes: readonly IndexShape[]): readonly FilterChoice[] {
  const [index] = indexes;
  const best: FilterChoice | undefined =
    index?.kind === 'sasi' && index.sasi?.mode === 'contains'
      ? 'LIKE'
      : index?.part === 'entries'
        ? 'ENTRY'
        : index?.part === 'values'
          ? 'CONTAINS'
          : undefined;
  return best !== undefined && choices.includes(best) ? [best, ...choices.filter((one) => one !== best)] : choices;
}

/** The form of a filter, without its values. A map entry's key is empty until it is known. */
export function formOf(subject: FilterSubject, choice: FilterChoice): FilterForm {
  const { column, tuple } = subject;
  const operator = choice === 'ENTRY' ? '=' : choice;
  return {
    column,
    operator,
    ...(tuple === undefined ? {} : { tuple: [...tuple] }),
    ...(choice === 'ENTRY' ? { key: '' } : {}),
  };
}

/** The type of the value that a choice takes; for IN of each of them. */
export function valueType(shape: TableShape, subject: FilterSubject, choice: FilterChoice): CqlType | undefined {
  return operandType(shape, formOf(subject, choice));
}

/** The type of a map's keys. */
export function keyType(shape: TableShape, subject: FilterSubject): CqlType | undefined {
  const type = shape.columns.find(({ name }) => name === subject.column)?.type;
  return type?.kind === 'map' ? type.key : undefined;
}

/** What the form needs to know of a choice. */
export function choiceFacts(choice: FilterChoice): FilterOperatorFacts {
  return choice === 'ENTRY' ? { ...OPERATORS['='], text: '[key] =' } : OPERATORS[choice];
}

/** A choice as written between the column and the value. */
export function choiceText(choice: FilterChoice): string {
  return choiceFacts(choice).text;
}

/** The column that the next filter is likeliest about: the first of the key without one. */
export function nextFilterColumn(shape: TableShape, filters: readonly Filter[]): string {
  const key = [...shape.partitionKey, ...shape.clusteringKey];
  const free = key.find((name) => !filters.some(({ column, tuple }) => column === name || tuple?.includes(name)));
  return free ?? key[0] ?? shape.columns[0]?.name ?? '';
}
