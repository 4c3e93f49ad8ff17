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
  const kept = keptValue(input, '', redaction, 0);
  return JSON.stringify(kept).length > INPUT_CHARACTERS ? { isTooLong: true } : kept;
}

function keptValue(value: unknown, key: string, redaction: Redaction, depth: number): unknown {
  if (value === null || value === undefined) return value;
  if (SECRET.test(key) || depth > MOST_DEPTH || !isOpen(value, key, redaction, depth)) return REDACTED;
  if (Array.isArray(value)) return keptItems(value, key, redaction, depth);
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([name]) => depth > 0 || !/^(statements?|confirm)$/.test(name));
    return Object.fromEntries(fields.map(([name, one]) => [nameOf(name), keptValue(one, name, redaction, depth + 1)]));
  }
  if (typeof value === 'string' && STATEMENT.test(key)) return keptStatement(value, redaction).text;
  if (redaction.parameters === 'redact' && typeof value !== 'boolean' && !NAMING.has(key)) return REDACTED;
  return typeof value === 'string' ? withoutPasswords(value).text : value;
}

/** Whether it is looked into: where values are not kept, only into what holds names and choices. */
function isOpen(value: unknown, key: string, { parameters }: Redaction, depth: number): boolean {
  if (parameters === 'keep' || depth === 0 || typeof value !== 'object') return true;
  return STRUCTURE.has(key) || (Array.isArray(value) && NAMING.has(key));
}

function keptItems(values: readonly unknown[], key: string, redaction: Redaction, depth: number): unknown {
  const items = values.slice(0, MOST_ITEMS).map((one) => keptValue(one, key, redaction, depth + 1));
  return values.length > items.length ? [...items, `… ${values.length - items.length} more`] : items;
}

/** A name that somebody chose could be long. */
function nameOf(name: string): string {
  return name.slice(0, 200);
}
