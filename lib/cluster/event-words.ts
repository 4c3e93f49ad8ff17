import type { ChangedField, ClusterEvent, EventKind, SchemaChange } from '@/lib/contract/events';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { plural } from '@/lib/text/format';

/** How much an event is to be noticed: something stopped working, something works again, or neither. */
export type EventTone = 'bad' | 'good' | 'plain';

const TONES: Readonly<Partial<Record<EventKind, EventTone>>> = { node_down: 'bad', node_up: 'good' };

export function eventTone({ kind }: Pick<ClusterEvent, 'kind'>): EventTone {
  return TONES[kind] ?? 'plain';
}

/** What happened, as one line. The node is named beside it. */
export function eventTitle({ kind, changes, moreChanges, fields }: ClusterEvent): string {
  if (kind === 'schema_changed') return schemaTitle(changes, moreChanges);
  if (kind === 'settings_changed') return settingsTitle(fields, moreChanges);
  if (kind === 'node_changed') return `Its ${list(fields.map(({ field }) => field))} changed`;
  return TITLES[kind];
}

const TITLES: Readonly<Record<Exclude<EventKind, 'schema_changed' | 'settings_changed' | 'node_changed'>, string>> = {
  watching_began: 'Ringside began to watch',
  node_up: 'Ringside can reach the node again',
  node_down: 'Ringside cannot reach the node',
  node_joined: 'Joined the ring',
  node_left: 'Left the ring',
  node_moved: 'Has other tokens',
  node_restarted: 'Restarted',
};

/** The nodes of a change that several made are a field among the settings. */
export const SETTINGS_NODES = 'nodes';

function settingsTitle(fields: readonly ChangedField[], more: number): string {
  const names = fields.map(({ field }) => field).filter((field) => field !== SETTINGS_NODES);
  const count = names.length + more;
  return count === 1 ? `Setting ${names[0] ?? ''} changed` : `${plural(count, 'setting')} changed`;
}

function schemaTitle(changes: readonly SchemaChange[], more: number): string {
  const [first] = changes;
  const count = changes.length + more;
  return first !== undefined && count === 1 ? changeTitle(first) : `${plural(count, 'change')} of the schema`;
}

/** "Table flights.delays was dropped". */
export function changeTitle({ what, path, how }: SchemaChange): string {
  return `${what[0]?.toUpperCase() ?? ''}${what.slice(1)} ${nameOf(path)} was ${HOW[how]}`;
}

const HOW: Readonly<Record<SchemaChange['how'], string>> = {
  added: 'added',
  dropped: 'dropped',
  recreated: 'dropped and created again: its rows of before are gone',
  changed: 'changed',
};

/** A function keeps its types: `ks.f(int, text)`. */
function nameOf(path: readonly string[]): string {
  return path.map((name) => (name.endsWith(')') ? name : quoteIdentifier(name))).join('.');
}

/** "release: 4.1.9 → 5.0.9", with a dash for what was not or is no longer there. */
export function fieldWords({ field, before, after }: ChangedField): string {
  if (before === null) return `${field}: ${after ?? '—'}`;
  return `${field}: ${before} → ${after ?? '—'}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
