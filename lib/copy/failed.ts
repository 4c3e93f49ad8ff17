import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ERROR_CODES } from '@/lib/contract/errors';
import { jsonValueSchema } from '@/lib/contract/json-schemas';
import { formatCqlType, parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import { invalidRequest } from '@/lib/failure';
import { linesFrom } from '@/lib/jobs/lines-file';
import { fromJson } from '@/lib/wire/encode';
import type { Part } from '@/lib/wire/split';
import { toJson } from '@/lib/wire/values';
import type { Field } from './fields';

/** In a job's directory: the rows that were not written, or may not have been, with all their fields. */
export const FAILED_FILE = 'failed.ndjson';

const KINDS = ['partition_key', 'clustering', 'static', 'regular'] as const;
const headSchema = z.object({
  copy: z.literal(1),
  /** Of the user-defined types among the fields. */
  keyspace: z.string(),
  fields: z.array(z.object({ name: z.string(), type: z.string(), kind: z.enum(KINDS).nullable() })),
});
export type FailedHead = z.output<typeof headSchema>;

const failedLineSchema = z.object({
  /** Values of the fields in JSON form, in the order of the head. */
  row: z.array(jsonValueSchema),
  outcome: z.enum(['refused', 'unknown']),
  code: z.enum(ERROR_CODES),
  message: z.string(),
});
export type FailedLine = z.output<typeof failedLineSchema>;
const lineSchema = z.union([failedLineSchema, headSchema]);

export function headOf(keyspace: string, fields: readonly Field[]): FailedHead {
  const named = fields.map(({ name, type, kind }) => ({ name, type: formatCqlType(type), kind }));
  return { copy: 1, keyspace, fields: named };
}

/** A row as it was read, for the file. */
export function failedLine(
  fields: readonly Field[],
  cells: readonly Part[],
  failure: Omit<FailedLine, 'row'>,
): FailedLine {
  return { row: fields.map(({ type }, at) => toJson(cells[at] ?? null, type)), ...failure };
}

/** @throws Failure `invalid_request` when the job has no such file */
export async function readHead(directory: string): Promise<FailedHead> {
  const path = join(directory, FAILED_FILE);
  const lines = linesFrom(path, 0, lineSchema);
  const first = existsSync(path) ? await lines.next() : undefined;
  await lines.return();
  const head = headSchema.safeParse(first?.value?.line).data;
  if (head !== undefined) return head;
  throw invalidRequest('That job has no failed rows of a copy.', 'Choose a copy that could not write all its rows.');
}

/** The fields of a file. @param udts the types of the source's cluster as they are now */
export function fieldsOf({ keyspace, fields }: FailedHead, udts: UdtLookup): Field[] {
  return fields.map(({ name, type, kind }) => ({ name, kind, type: parseCqlType(type, udts, keyspace) }));
}

/** The rows of a file from a byte on, each with the byte after it. */
export async function* failedRows(
  directory: string,
  from: number,
  fields: readonly Field[],
): AsyncGenerator<{ readonly cells: Part[]; readonly end: number }, void> {
  for await (const { line, end } of linesFrom(join(directory, FAILED_FILE), from, lineSchema)) {
    if (!('row' in line)) continue;
    yield { cells: fields.map(({ type }, at) => fromJson(line.row[at] ?? null, type)), end };
  }
}
