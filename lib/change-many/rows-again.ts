import 'server-only';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableName } from '@/lib/contract/common';
import { MutationError } from '@/lib/cql/mutation/nodes';
import { inverseOf } from '@/lib/edit/inverse';
import { EditError, type EditTable } from '@/lib/edit/table';
import { invalidRequest } from '@/lib/failure';
import { LinesFile, linesFrom } from '@/lib/jobs/lines-file';
import { ValueError } from '@/lib/wire/errors';
import {
  FAILED_FILE,
  failedLineSchema,
  headSchema,
  type Intent,
  JOURNAL_FILE,
  journalLineSchema,
  pathIn,
  ROWS_FILE,
  type RowLine,
} from './journal';

export interface Earlier {
  readonly directory: string;
  readonly take: 'undo' | 'failed';
}

/**
 * The rows that an earlier job left: what takes back each row that it changed, or what it could not change.
 * @throws Failure `invalid_request` when its files are of another table, or not there
 */
export async function* rowsOf(table: EditTable, earlier: Earlier): AsyncGenerator<RowLine, void> {
  await checkHead(table, earlier.directory);
  if (earlier.take === 'undo') yield* undoneRows(table, earlier.directory);
  else yield* failedRows(earlier.directory);
}

async function checkHead({ keyspace, table }: TableName, directory: string): Promise<void> {
  const lines = linesFrom(pathIn(directory, JOURNAL_FILE), 0, journalLineSchema);
  const isThere = existsSync(pathIn(directory, JOURNAL_FILE));
  const first = isThere ? await lines.next() : undefined;
  await lines.return();
  const head = headSchema.safeParse(first?.value?.line).data;
  if (head?.keyspace === keyspace && head.table === table) return;
  throw invalidRequest(`That job has no journal of ${keyspace}.${table}.`, 'Choose a job that changed this table.');
}

async function* undoneRows(table: EditTable, directory: string): AsyncGenerator<RowLine, void> {
  const open = new Map<number, Intent>();
  for await (const { line } of linesFrom(pathIn(directory, JOURNAL_FILE), 0, journalLineSchema)) {
    if ('cql' in line) open.set(line.n, line);
    if (!('outcome' in line)) continue;
    const intent = open.get(line.n);
    open.delete(line.n);
    if (intent === undefined || (line.outcome !== 'applied' && line.outcome !== 'unknown')) continue;
    yield line.outcome === 'applied'
      ? undoneRow(table, intent)
      : { change: intent.change, message: 'Its outcome is unknown: look at the row first.' };
  }
  for (const { change } of open.values()) yield { change, message: 'The job ended before its outcome was known.' };
}

function undoneRow(table: EditTable, { change, before }: Intent): RowLine {
  if (before === undefined)
    return { change, message: 'The journal kept no values, so there is nothing to bring back.' };
  try {
    return { change: inverseOf(table, change, before) };
  } catch (error) {
    if (!(error instanceof EditError || error instanceof MutationError || error instanceof ValueError)) throw error;
    return { change, message: error.message };
  }
}

async function* failedRows(directory: string): AsyncGenerator<RowLine, void> {
  for await (const { line } of linesFrom(pathIn(directory, FAILED_FILE), 0, failedLineSchema)) {
    const { change, mayResend, message } = line;
    yield mayResend ? { change } : { change, message: `Not run again, because that could write twice. ${message}` };
  }
}

/** Writes the rows into a job's own directory once: from then on it does not need the earlier job. */
export async function keepRows(table: EditTable, earlier: Earlier, directory: string): Promise<void> {
  const temporary = join(directory, `${ROWS_FILE}.tmp`);
  const file = await LinesFile.open(temporary, 0, 0);
  try {
    let some: RowLine[] = [];
    for await (const row of rowsOf(table, earlier)) {
      some.push(row);
      if (some.length < 500) continue;
      await file.add(some);
      some = [];
    }
    await file.add(some);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, pathIn(directory, ROWS_FILE));
}
