import type { Schedule } from '@/lib/contract/schedules';
import { readersZone } from './schedule-words';

/** A schedule as its form holds it: numbers as they are typed. */
export interface Fields {
  readonly name: string;
  readonly pattern: string;
  readonly timeZone: string;
  /** Empty: no such limit. */
  readonly runs: string;
  readonly days: string;
  /** Empty: none. */
  readonly webhook: string;
}

/** What the form offers at first for a new one. @param title of what is exported */
export function newFields(title: string): Fields {
  const name = title.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  return {
    name: name.replace(/^[^a-z0-9]+/, '').slice(0, 63),
    pattern: '30 2 * * *',
    timeZone: readersZone(),
    runs: '7',
    days: '',
    webhook: '',
  };
}

export function fieldsOf({ name, pattern, timeZone, keep, webhook }: Schedule): Fields {
  return {
    ...{ name, pattern, timeZone, webhook: webhook ?? '' },
    runs: keep.runs === null ? '' : String(keep.runs),
    days: keep.days === null ? '' : String(keep.days),
  };
}

/** What the server takes of them, and checks. */
export function ownOf({ pattern, timeZone, runs, days, webhook }: Omit<Fields, 'name'>) {
  return {
    ...{ pattern, timeZone: timeZone.trim(), webhook: webhook === '' ? null : webhook },
    keep: { runs: runs === '' ? null : Number(runs), days: days === '' ? null : Number(days) },
  };
}
