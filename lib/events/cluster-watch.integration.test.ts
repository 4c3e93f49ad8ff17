import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sightOf } from '@/lib/cassandra/nodes/sight';
import { testBed } from '@/lib/cassandra/test-support';
import { changeTitle } from '@/lib/cluster/event-words';
import { clusterEventSchema, type SchemaChange } from '@/lib/contract/events';
import { LineLog } from '@/lib/line-log';
import { HAS_4_1 } from '@/lib/test-release';
import { ClusterWatch } from './cluster-watch';
import { LastSeen } from './last-seen';

const KEYSPACE = 'ringside_events_test';
const LOOK_MS = 100;
const WAIT = { timeout: 20_000, interval: 50 };
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.seen (k int PRIMARY KEY, v text)`]);

let directory: string;
let ends: (() => void)[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-events-'));
  ends = [];
});
afterEach(() => {
  for (const end of ends) end();
  rmSync(directory, { recursive: true });
});

/** A watch as one process has it, over the files of the process before it. */
async function watch(): Promise<ClusterWatch> {
  const log = new LineLog(directory, clusterEventSchema, 'Events');
  const watching = new ClusterWatch('test', log, new LastSeen(directory), LOOK_MS);
  ends.push(watching.begin(sightOf(await cluster.client())));
  await watching.settled();
  return watching;
}

function end(): void {
  for (const one of ends.splice(0)) one();
}

/** Other tests change other keyspaces at the same time. */
async function changesOf(watching: ClusterWatch): Promise<SchemaChange[]> {
  const { events } = await watching.list({ about: 'schema' });
  return events.toReversed().flatMap(({ changes }) => changes.filter(({ path }) => path[0] === KEYSPACE));
}

async function untilChanged(watching: ClusterWatch, titles: readonly string[]): Promise<void> {
  await vi.waitFor(async () => expect((await changesOf(watching)).map(changeTitle)).toEqual(titles), WAIT);
}

describe('a watch over a cluster', () => {
  it('begins with how many nodes there are, and lists nothing of what was there before', async () => {
    const watching = await watch();
    const { events, watchingSince } = await watching.list({});
    const [began] = events;
    expect(began).toMatchObject({ kind: 'watching_began', since: null, node: null });
    expect(began?.fields).toEqual([
      { field: 'nodes', before: null, after: String((await cluster.client()).hosts.length) },
    ]);
    expect(Date.parse(watchingSince ?? '')).toBeLessThanOrEqual(Date.parse(began?.at ?? ''));
    expect(statSync(join(directory, 'test.ndjson')).mode & 0o777).toBe(0o600);
    end();
    expect((await watching.list({})).watchingSince).toBeNull();
  });

  it('sees what changes in the schema, by name and property', async () => {
    const watching = await watch();
    const table = `${KEYSPACE}.seen`;
    await plain.execute(`ALTER TABLE ${table} WITH gc_grace_seconds = 3600`);
    const titles = [`Table ${table} was changed`];
    await untilChanged(watching, titles);
    const [options] = await changesOf(watching);
    expect(options?.fields).toEqual([{ field: 'gc_grace_seconds', before: '864000', after: '3600' }]);
    for (const [statement, title] of [
      [`ALTER TABLE ${table} ADD more int`, `Column ${table}.more was added`],
      [`CREATE TYPE ${KEYSPACE}.place (x int)`, `Type ${KEYSPACE}.place was added`],
      [`CREATE INDEX by_v ON ${table} (v)`, `Index ${table}.by_v was added`],
      [`CREATE TABLE ${KEYSPACE}.other (k int PRIMARY KEY)`, `Table ${KEYSPACE}.other was added`],
      [`DROP TABLE ${KEYSPACE}.other`, `Table ${KEYSPACE}.other was dropped`],
    ] as const) {
      await plain.execute(statement);
      titles.push(title);
      await untilChanged(watching, titles);
    }
  });

  it('sees, when it begins again, what changed in the meantime, and says from when', async () => {
    const first = await watch();
    end();
    await first.settled();
    await plain.execute(`CREATE TABLE ${KEYSPACE}.meanwhile (k int PRIMARY KEY)`);
    await plain.execute(`DROP TABLE ${KEYSPACE}.meanwhile`);
    await plain.execute(`CREATE TABLE ${KEYSPACE}.kept (k int PRIMARY KEY)`);
    const second = await watch();
    await untilChanged(second, [`Table ${KEYSPACE}.kept was added`]);
    const { events } = await second.list({});
    const change = events.find(({ changes }) => changes.some(({ path }) => path[1] === 'kept'));
    const began = events.filter(({ kind }) => kind === 'watching_began');
    expect(began).toHaveLength(2);
    expect(Date.parse(change?.since ?? '')).toBeLessThan(Date.parse(began[0]?.at ?? ''));
    expect(Date.parse(change?.since ?? '')).toBeGreaterThan(Date.parse(began[1]?.at ?? ''));
  });

  it('sees which settings changed while it did not watch, on which nodes, and shows no secret', async () => {
    const first = await watch();
    end();
    await first.settled();
    expect((await first.list({})).events.filter(({ kind }) => kind === 'settings_changed')).toEqual([]);
    const path = join(directory, 'test.settings.json');
    const [text, mode] = [readFileSync(path, 'utf8'), statSync(path).mode & 0o777];
    expect(mode).toBe(0o600);
    const name = HAS_4_1 ? 'read_request_timeout' : 'read_request_timeout_in_ms';
    writeFileSync(path, text.replace(new RegExp(`\\["${name}","[^"]+"`), `["${name}","1ms"`));
    const { events } = await (await watch()).list({});
    const changed = events.filter(({ kind }) => kind === 'settings_changed');
    expect(changed).toHaveLength(1);
    expect(changed[0]?.fields.at(-1)).toMatchObject({ field: name, before: '1ms' });
    expect(changed[0]?.since).not.toBeNull();
    const secrets = [...text.matchAll(/\["[^"]*(?:password|secret)[^"]*","([^"]*)"\]/g)].map(([, value = '']) => value);
    expect(secrets.filter((value) => !value.startsWith('hidden '))).toEqual([]);
  });

  it('is listed part by part, and by what it is about', async () => {
    const watching = await watch();
    await plain.execute(`CREATE TABLE ${KEYSPACE}.listed (k int PRIMARY KEY)`);
    await untilChanged(watching, [`Table ${KEYSPACE}.listed was added`]);
    const { events } = await watching.list({});
    const rest = await watching.list({ before: events[0]?.id ?? '' });
    expect(rest.events).toEqual(events.slice(1));
    expect((await watching.list({ about: 'nodes' })).events.map(({ kind }) => kind)).toEqual(['watching_began']);
    expect((await watching.list({ node: 'nowhere:1' })).events).toEqual([]);
  });
});
