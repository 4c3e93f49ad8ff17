import { describe, expect, it } from 'vitest';
import { type ClusterEvent, EVENT_KINDS, type SchemaChange } from '@/lib/contract/events';
import { changeTitle, eventTitle, eventTone, fieldWords } from './event-words';

const event = (change: Partial<ClusterEvent>): ClusterEvent => ({
  id: '1',
  kind: 'schema_changed',
  at: '2026-11-29T10:00:00.000Z',
  since: null,
  node: null,
  source: 'system_schema',
  fields: [],
  changes: [],
  moreChanges: 0,
  ...change,
});
const change = (path: string[], how: SchemaChange['how'], what = 'table'): SchemaChange => ({
  what,
  path,
  how,
  fields: [],
});

describe('an event in words', () => {
  it.each<[Partial<ClusterEvent>, string]>([
    [{ kind: 'node_down' }, 'Ringside cannot reach the node'],
    [{ changes: [change(['shop', 'Orders'], 'dropped')] }, 'Table shop."Orders" was dropped'],
    [{ changes: [change(['shop', 'f(int, text)'], 'added', 'function')] }, 'Function shop.f(int, text) was added'],
    [{ changes: [change(['a'], 'added', 'keyspace'), change(['b'], 'added', 'keyspace')] }, '2 changes of the schema'],
    [
      { kind: 'settings_changed', fields: [{ field: 'read_request_timeout', before: '5s', after: '7s' }] },
      'Setting read_request_timeout changed',
    ],
    [
      {
        kind: 'settings_changed',
        moreChanges: 2,
        fields: ['nodes', 'x', 'y'].map((field) => ({ field, before: null, after: 'b' })),
      },
      '4 settings changed',
    ],
    [{ changes: [change(['a'], 'added', 'keyspace')], moreChanges: 1_200 }, '1,201 changes of the schema'],
    [
      {
        kind: 'node_changed',
        fields: ['release', 'address', 'rack'].map((field) => ({ field, before: 'a', after: 'b' })),
      },
      'Its release, address and rack changed',
    ],
  ])('%j', (given, title) => {
    expect(eventTitle(event(given))).toBe(title);
  });

  it('says that rows are gone when a table was made again', () => {
    expect(changeTitle(change(['shop', 'orders'], 'recreated'))).toContain('its rows of before are gone');
  });

  it('shows a property with what it was, where it was anything', () => {
    expect(fieldWords({ field: 'rack', before: 'r1', after: 'r2' })).toBe('rack: r1 → r2');
    expect(fieldWords({ field: 'rack', before: null, after: 'r2' })).toBe('rack: r2');
    expect(fieldWords({ field: 'rack', before: 'r1', after: null })).toBe('rack: r1 → —');
  });

  it('calls one kind bad and one good', () => {
    expect(EVENT_KINDS.filter((kind) => eventTone({ kind }) === 'bad')).toEqual(['node_down']);
    expect(EVENT_KINDS.filter((kind) => eventTone({ kind }) === 'good')).toEqual(['node_up']);
  });
});
