import type { ChangedField, SchemaChange } from '@/lib/contract/events';

/** One thing of a schema, with its properties as text. */
export interface SchemaItem {
  /** `keyspace`, `table`, `view`, `column`, `index`, `type`, `function`, `aggregate`, `trigger`. */
  readonly what: string;
  /** Its keyspace, table and name, as far as it has them. */
  readonly path: readonly string[];
  readonly fields: readonly (readonly [name: string, text: string])[];
}

/** A table that is dropped and made again keeps its name and gets another id. */
const IDENTITY = 'id';

/**
 * What must have been changed between two readings of a schema. Whatever comes or goes with its table or keyspace is not
 * listed beside it. In the order of keyspace, table, name.
 * @param before the items then, in any order
 * @param after the items now
 */
export function schemaChanges(before: readonly SchemaItem[], after: readonly SchemaItem[]): SchemaChange[] {
  const [then, now] = [byKey(before), byKey(after)];
  const changes: SchemaChange[] = [];
  for (const [key, item] of now) {
    const old = then.get(key);
    if (old === undefined) changes.push(changeOf(item, 'added'));
    else if (identity(old) !== identity(item)) changes.push(changeOf(item, 'recreated'));
    else changes.push(changeOf(item, 'changed', changedFields(old.fields, item.fields)));
  }
  for (const [key, item] of then) if (!now.has(key)) changes.push(changeOf(item, 'dropped'));
  return withoutParts(changes.filter(({ how, fields }) => how !== 'changed' || fields.length > 0)).sort(byPath);
}

/** The properties that differ between two lists, in the order of the second; those that went come last. */
export function changedFields(before: SchemaItem['fields'], after: SchemaItem['fields']): ChangedField[] {
  const [then, now] = [new Map(before), new Map(after)];
  const changed = [...now].flatMap(([field, text]) => {
    const old = then.get(field) ?? null;
    return old === text ? [] : [{ field, before: old, after: text }];
  });
  const gone = [...then].flatMap(([field, text]) => (now.has(field) ? [] : [{ field, before: text, after: null }]));
  return [...changed, ...gone];
}

function byKey(items: readonly SchemaItem[]): Map<string, SchemaItem> {
  return new Map(items.map((item) => [keyOf(item.what, item.path), item]));
}

function keyOf(what: string, path: readonly string[]): string {
  return JSON.stringify([what, ...path]);
}

function identity({ fields }: SchemaItem): string | undefined {
  return fields.find(([name]) => name === IDENTITY)?.[1];
}

function changeOf(
  { what, path }: SchemaItem,
  how: SchemaChange['how'],
  fields: readonly ChangedField[] = [],
): SchemaChange {
  return { what, path: [...path], how, fields: [...fields] };
}

/** Leaves out the columns of a new table, the tables of a dropped keyspace, and so on. */
function withoutParts(changes: readonly SchemaChange[]): SchemaChange[] {
  const wholes = new Set(
    changes.filter(({ what, how }) => WHOLES.has(what) && how !== 'changed').map(({ path }) => JSON.stringify(path)),
  );
  return changes.filter(
    ({ path }) => !path.slice(1).some((_name, index) => wholes.has(JSON.stringify(path.slice(0, index + 1)))),
  );
}

/** What others are parts of. */
const WHOLES: ReadonlySet<string> = new Set(['keyspace', 'table', 'view']);

function byPath(one: SchemaChange, two: SchemaChange): number {
  const [a, b] = [one.path.join('\u0000'), two.path.join('\u0000')];
  return a < b ? -1 : a > b ? 1 : 0;
}
