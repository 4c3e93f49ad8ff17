import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { isSignificant, tokenize } from '@/lib/cql/lexer';
import { isKey, ranked } from './completion-columns';
import { tableIn } from './completion-place';
import { exampleOf } from './samples';
import { SNIPPET_NAMES, type SnippetId } from './snippet-names';

const IDS = SNIPPET_NAMES.map(([id]) => id);

/** The table that snippets are about. */
export interface SnippetTable {
  readonly keyspace: string;
  /** Whether the keyspace is the one in use, so that it need not be written. */
  readonly isUsed: boolean;
  readonly table: Table;
}

/** Those that make sense for a table, for a list; all of them have a form without one. */
export function snippetsFor(at: SnippetTable | undefined): readonly SnippetId[] {
  if (at === undefined) return IDS;
  const has = (test: (column: TableColumn) => boolean) => at.table.columns.some(test);
  const isCounter = has(({ type }) => type === 'counter');
  const isOrdered = has(({ kind }) => kind === 'clustering');
  const isWritten = at.table.kind === 'table' && !isCounter;
  const fits: Record<SnippetId, boolean> = {
    byKey: true,
    latest: isOrdered,
    slice: isOrdered,
    insertIfAbsent: isWritten,
    insertWithTtl: isWritten && has((column) => !isKey(column)),
    changeIf: isWritten && has(({ kind }) => kind === 'regular'),
    batch: isWritten && isOrdered,
    increment: isCounter,
    timeSeries: true,
  };
  return IDS.filter((id) => fits[id]);
}

const UNNAMED: Table = {
  name: 'table_name',
  id: null,
  kind: 'table',
  baseTable: null,
  comment: '',
  indexes: [],
  columns: [
    { name: 'key', type: 'text', kind: 'partition_key', position: 0, clusteringOrder: 'none' },
    { name: 'at', type: 'timestamp', kind: 'clustering', position: 0, clusteringOrder: 'desc' },
    { name: 'value', type: 'text', kind: 'regular', position: -1, clusteringOrder: 'none' },
    { name: 'hits', type: 'counter', kind: 'regular', position: -1, clusteringOrder: 'none' },
  ],
};

/**
 * A snippet as a template of CodeMirror: `#{1:a}` is the first tab stop, with `a` selected; the same number is the same stop.
 * Without a table its names are tab stops as well.
 */
export function snippetTemplate(id: SnippetId, at: SnippetTable | undefined): string {
  // A table without what the snippet needs gets its general form.
  const own = at !== undefined && snippetsFor(at).includes(id) ? at : undefined;
  return new Template(own).write(id);
}

/** Names cannot close or open a tab stop. */
const escaped = (text: string) => text.replace(/[{}]/g, (brace) => `\\${brace}`);

class Template {
  private stops = 0;
  private readonly named = new Map<string, string>();
  private readonly columns: readonly TableColumn[];

  constructor(private readonly at: SnippetTable | undefined) {
    this.columns = ranked((at?.table ?? UNNAMED).columns);
  }

  write(id: SnippetId): string {
    switch (id) {
      case 'byKey':
        return `SELECT *\nFROM ${this.table()}\n${this.where(this.keys())};`;
      case 'latest':
        return `SELECT *\nFROM ${this.table()}\n${this.where(this.partition())}\nORDER BY ${this.first('clustering')} DESC\nLIMIT ${this.stop('10')};`;
      case 'slice': {
        const at = this.first('clustering');
        const value = this.example('clustering');
        const start = `SELECT *\nFROM ${this.table()}\n${this.where(this.partition())}`;
        return `${start}\n  AND ${at} >= ${this.stop(value)}\n  AND ${at} < ${this.stop(value)};`;
      }
      case 'insertIfAbsent':
        return `${this.insert('')}\nIF NOT EXISTS;`;
      case 'insertWithTtl':
        return `${this.insert('')}\nUSING TTL ${this.stop('86400')};`;
      case 'changeIf': {
        const value = this.first('regular');
        const example = this.example('regular');
        const start = `UPDATE ${this.table()}\nSET ${value} = ${this.stop(example)}\n${this.where(this.keys())}`;
        return `${start}\nIF ${value} = ${this.stop(example)};`;
      }
      case 'batch':
        return `BEGIN BATCH\n${this.insert('  ')};\n${this.insert('  ')};\nAPPLY BATCH;`;
      case 'increment': {
        const counter = this.name(this.columns.find(({ type }) => type === 'counter')?.name ?? 'hits');
        return `UPDATE ${this.table()}\nSET ${counter} = ${counter} + ${this.stop('1')}\n${this.where(this.keys())};`;
      }
      case 'timeSeries':
        return this.timeSeries();
      default:
        return id satisfies never;
    }
  }

  /** Buckets by day keep partitions small; the newest rows come first. */
  private timeSeries(): string {
    const name = this.stop('measurements');
    const columns = `  source text,\n  day date,\n  at timestamp,\n  ${this.stop('value double')},\n  PRIMARY KEY ((source, day), at)`;
    const compaction =
      "{'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': 'DAYS', 'compaction_window_size': '1'}";
    return `CREATE TABLE ${name} (\n${columns}\n) WITH CLUSTERING ORDER BY (at DESC)\n  AND compaction = ${compaction}\n  AND default_time_to_live = ${this.stop('2592000')};`;
  }

  private stop(text: string): string {
    this.stops++;
    return `#{${this.stops}:${text}}`;
  }

  /** A name of the table at hand, or a tab stop; the same name is the same stop. */
  private name(name: string): string {
    if (this.at !== undefined) return escaped(quoteIdentifier(name));
    const known = this.named.get(name) ?? this.stop(name);
    this.named.set(name, known);
    return known;
  }

  private table(): string {
    if (this.at === undefined) return this.name(UNNAMED.name);
    const { keyspace, isUsed, table } = this.at;
    const name = escaped(quoteIdentifier(table.name));
    return isUsed ? name : `${escaped(quoteIdentifier(keyspace))}.${name}`;
  }

  private partition(): readonly TableColumn[] {
    return this.columns.filter(({ kind }) => kind === 'partition_key');
  }

  private keys(): readonly TableColumn[] {
    return this.columns.filter(isKey);
  }

  private first(kind: TableColumn['kind']): string {
    return this.name(this.columns.find((column) => column.kind === kind)?.name ?? kind);
  }

  private example(kind: TableColumn['kind']): string {
    return exampleOf(this.columns.find((column) => column.kind === kind)?.type ?? 'text');
  }

  private where(columns: readonly TableColumn[]): string {
    const conditions = columns.map(({ name, type }) => `${this.name(name)} = ${this.stop(exampleOf(type))}`);
    return `WHERE ${conditions.join('\n  AND ')}`;
  }

  private readonly shared = new Map<string, string>();

  /** The partition key of a second INSERT is that of the first: one tab stop sets both. */
  private insert(indent: string): string {
    const written = this.columns.filter(({ kind, type }) => kind !== 'static' && type !== 'counter');
    const values = written.map(({ name, type, kind }) => {
      const value = (kind === 'partition_key' ? this.shared.get(name) : undefined) ?? this.stop(exampleOf(type));
      this.shared.set(name, value);
      return value;
    });
    const names = written.map(({ name }) => this.name(name));
    return `${indent}INSERT INTO ${this.table()} (${names.join(', ')})\n${indent}VALUES (${values.join(', ')})`;
  }
}

const LOOKED_AT = 4_000;

/** The table that was named last before the cursor, else the only one that is in the keyspace in use. */
export function tableAtHand(
  before: string,
  statement: string,
  keyspaces: readonly Keyspace[],
  used: string | undefined,
): SnippetTable | undefined {
  const pieces = [statement, ...before.slice(-LOOKED_AT).split(';').toReversed()];
  for (const piece of pieces) {
    const found = tableIn(tokenize(piece).filter(isSignificant), keyspaces, used);
    if (found !== undefined)
      return { keyspace: found.keyspace.name, isUsed: found.keyspace.name === used, table: found.table };
  }
  const [only, ...others] = keyspaces.find(({ name }) => name === used)?.tables ?? [];
  return only === undefined || others.length > 0 || used === undefined
    ? undefined
    : { keyspace: used, isUsed: true, table: only };
}
