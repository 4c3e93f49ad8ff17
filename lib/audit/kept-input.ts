import 'server-only';
import type { AuditConfig } from '@/lib/contract/audit';
import { withoutLiterals, withoutPasswords } from '@/lib/cql/redact';

/** Takes the place of what may be a value. */
const REDACTED = '•••';

/** Of a statement; the rest is cut, so that a line has an end. */
export const KEPT_CHARACTERS = 100_000;
/** Of a request's input, as JSON. */
const INPUT_CHARACTERS = 16_384;
const MOST_ITEMS = 100;
const MOST_DEPTH = 8;

export type Redaction = Pick<AuditConfig, 'literals' | 'parameters'>;

/** Fields that name or choose something, so that they hold no value of a row. */
const NAMING: ReadonlySet<string> = new Set(
  `action allowFiltering cluster clusters column columns compression consistency delimiter direction format from
  fromToken id keyspace kind maxPages maxRowsPerSecond mode name onFailure op operator order outcome pageRows
  partitionsPerPlace path person places rate reversed schedule serialConsistency since state table tables target
  timeoutMs to toToken trace until version`.split(/\s+/),
);
/** Fields whose own fields are named by the contract: elsewhere somebody's columns and parameters have the names above. */
const STRUCTURE: ReadonlySet<string> = new Set('filters limits request statements target'.split(' '));
/** Fields whose own fields are somebody's columns, and fields of their types, so that a name among them says nothing of a secret. */
const DATA: ReadonlySet<string> = new Set('edits expiresAt fields key params seen set to values'.split(' '));
/** Of Ringside's own fields. Ends of a range of the ring are called tokens as well. */
const SECRET = /passw|secret|token$|credential/i;
/** They are kept as statements. */
const STATEMENT = /^(statement|text|cql)$/;

/** A statement as it is kept: without passwords, by setting without values, and cut if it is long. */
export function keptStatement(statement: string, { literals }: Redaction): { text: string; characters?: number } {
  const clean = literals === 'redact' ? withoutLiterals(statement) : withoutPasswords(statement).text;
  if (clean.length <= KEPT_CHARACTERS) return { text: clean };
  return { text: clean.slice(0, KEPT_CHARACTERS), characters: clean.length };
}

/**
 * What was sent, as it is kept: names and choices as they are, values by setting, secrets never.
 * @returns undefined where there is nothing, or more than is kept
 */
export function keptInput(input: unknown, redaction: Redaction): unknown {
  if (typeof input !== 'object' || input === null || Object.keys(input).length === 0) return undefined;
  const kept = keptValue(input, '', { ...redaction, depth: 0, isData: false });
  return JSON.stringify(kept).length > INPUT_CHARACTERS ? { isTooLong: true } : kept;
}

interface Where extends Redaction {
  readonly depth: number;
  /** Within {@link DATA}. */
  readonly isData: boolean;
}

function keptValue(value: unknown, key: string, where: Where): unknown {
  const { depth, isData } = where;
  if (value === null || value === undefined) return value;
  const isSecret = !isData && SECRET.test(key) && !NAMING.has(key);
  if (isSecret || depth > MOST_DEPTH || !isOpen(value, key, where)) return REDACTED;
  const within = { ...where, depth: depth + 1, isData: isData || DATA.has(key) };
  if (Array.isArray(value)) return keptItems(value, key, within);
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([name]) => depth > 0 || !/^(statements?|confirm)$/.test(name));
    return Object.fromEntries(fields.map(([name, one]) => [nameOf(name), keptValue(one, name, within)]));
  }
  if (typeof value === 'string' && STATEMENT.test(key)) return keptStatement(value, where).text;
  if (where.parameters === 'redact' && typeof value !== 'boolean' && !NAMING.has(key)) return REDACTED;
  return typeof value === 'string' ? withoutPasswords(value).text : value;
}

/** Whether it is looked into: where values are not kept, only into what holds names and choices. */
function isOpen(value: unknown, key: string, { parameters, depth }: Where): boolean {
  if (parameters === 'keep' || depth === 0 || typeof value !== 'object') return true;
  return STRUCTURE.has(key) || (Array.isArray(value) && NAMING.has(key));
}

function keptItems(values: readonly unknown[], key: string, within: Where): unknown {
  const items = values.slice(0, MOST_ITEMS).map((one) => keptValue(one, key, within));
  return values.length > items.length ? [...items, `… ${values.length - items.length} more`] : items;
}

/** A name that somebody chose could be long. */
function nameOf(name: string): string {
  return name.slice(0, 200);
}
