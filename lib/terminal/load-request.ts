import 'server-only';
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { type LoadOptions, loadOptionsSchema, loadPreviewRequestSchema } from '@/lib/contract/load';
import { mappingSchema } from '@/lib/contract/transforms';
import { describeIssues } from '@/lib/env';
import type { LoadArguments } from './arguments';
import { parseColumns, parseTableName } from './names';
import { UsageError } from './usage';

/** What was typed, in the form of the API's request. */
type Asked = Omit<z.output<typeof loadPreviewRequestSchema>, 'from'>;

/** @throws UsageError naming what is wrong */
export function loadRequest(given: LoadArguments): Asked & { readonly options: LoadOptions } {
  const { format, compression } = given;
  const csv = csvOf(given);
  const bind = {
    ...mappingOf(given),
    ...usingOf('ttl', given.ttl),
    ...usingOf('timestamp', given.timestamp),
    ...(given.onNull === undefined ? {} : { nulls: given.onNull }),
    ...(given.emptyText === undefined ? {} : { emptyText: given.emptyText }),
  };
  const source = {
    ...(format === undefined ? {} : { format }),
    ...(compression === undefined ? {} : { compression }),
    ...(Object.keys(csv).length === 0 ? {} : { csv }),
  };
  const name = parseTableName(given.table, undefined);
  const parsed = loadPreviewRequestSchema.safeParse({
    ...{ ...name, from: { path: '-' }, source, bind, options: optionsOf(given) },
  });
  if (!parsed.success) throw new UsageError(describeIssues('The load', parsed.error));
  const { from: _from, ...asked } = parsed.data;
  return { ...asked, options: asked.options ?? loadOptionsSchema.parse({}) };
}

function csvOf(given: LoadArguments): Record<string, unknown> {
  const sign = (name: string, text: string | undefined) => {
    if (text === undefined) return {};
    if (text === 'none' && name !== 'delimiter') return { [name]: null };
    return { [name]: text === 'TAB' || text === '\\t' ? '\t' : text };
  };
  return {
    ...sign('delimiter', given.delimiter),
    ...sign('quote', given.quote),
    ...sign('escape', given.escape),
    ...(typeof given.header === 'string' ? { header: given.header.split(',').map((name) => name.trim()) } : {}),
    ...(given.encoding === undefined ? {} : { encoding: given.encoding }),
    ...(given.null === undefined ? {} : { nullText: given.null }),
  };
}

function mappingOf({ map, mapping: file }: LoadArguments) {
  if (file !== undefined && map.length > 0) throw new UsageError('Pass --map or --mapping, not both.');
  if (file !== undefined) return { mapping: readMapping(file) };
  if (map.length === 0) return {};
  const mapping = map.map((text) => {
    const at = text.indexOf('=');
    const [to] = at < 1 ? [] : parseColumns(text.slice(0, at).trim());
    if (to === undefined) throw new UsageError(`--map ${text}: write column=field.`);
    return { to, from: { field: text.slice(at + 1) } };
  });
  return { mapping };
}

function readMapping(file: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`--mapping: ${file} cannot be read as JSON.`, { cause });
  }
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssues('The mapping', parsed.error));
}

const FIELD = 'field:';

function usingOf(name: 'ttl' | 'timestamp', text: string | undefined) {
  if (text === undefined) return {};
  const isField = text.startsWith(FIELD);
  return { [name]: isField ? { field: text.slice(FIELD.length) } : { constant: text } };
}

function optionsOf({ consistency, timeout, rate, verify, maxFailures }: LoadArguments): Record<string, unknown> {
  return {
    ...(consistency === undefined ? {} : { consistency }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(rate === undefined ? {} : { rowsPerSecond: rate }),
    ...(verify === undefined ? {} : { verify }),
    ...(maxFailures === undefined ? {} : { maxFailures: failuresOf(maxFailures) }),
  };
}

function failuresOf(text: string): { rows: number | null; share: number | null } {
  if (text === 'none') return { rows: null, share: null };
  const percent = /^(\d{1,3}(?:\.\d+)?) ?%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { rows: null, share: Number(percent) / 100 };
  if (/^\d{1,12}$/.test(text)) return { rows: Number(text), share: null };
  throw new UsageError(`--max-failures ${text}: write a number, a share such as 1%, or none.`);
}
