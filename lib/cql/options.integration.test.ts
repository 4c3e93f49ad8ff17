import { beforeAll, describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { failureOf, testBed } from '@/lib/cassandra/test-support';
import {
  ALTER_CONDITIONS,
  INDEX_CLASS_OF_ANY,
  INDEX_CLASSES,
  type Option,
  PERMISSIONS,
  TABLE_OPTIONS,
} from './options';
import { isSince } from './release';

const KEYSPACE = 'ringside_options_test';
const { cluster, plain } = testBed([KEYSPACE]);

let release = '';
let tables = 0;
beforeAll(async () => {
  release = (await cluster.identity()).release ?? '';
});

type Releases = { readonly since?: string | undefined };

const isLater = ({ since }: Releases) => since !== undefined && isSince(release, since) === false;

/** What the server's release has, and what came later. */
function byRelease<T extends Releases>(list: readonly T[]): { known: readonly T[]; later: readonly T[] } {
  return { known: list.filter((one) => !isLater(one)), later: list.filter(isLater) };
}

const execute = (statement: string) =>
  plain.execute(statement).catch((error: unknown) => {
    throw toFailure(error);
  });
/** What the server says: nothing where it takes the statement. */
const outcome = (statement: string) =>
  plain.execute(statement).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
const create = (options: readonly string[]) =>
  execute(`CREATE TABLE ${KEYSPACE}.t${tables++} (k int PRIMARY KEY, v text) WITH ${options.join(' AND ')}`);

const optionOf = (name: string) => TABLE_OPTIONS.find((option) => option.name === name) ?? { name };
const written = ({ name, values = [] }: Option) => `${name} = ${values.at(-1) ?? "''"}`;
const mapOf = (name: string, pairs: readonly string[]) => `${name} = {${pairs.join(', ')}}`;

/** A map with every key of one class, as far as the release has them; `enabled: false` goes with no other. */
function keysOf(option: Option, chosen: string | undefined): string[] {
  return byRelease(option.keys ?? [])
    .known.filter(
      ({ name, of }) => name !== 'class' && name !== 'enabled' && (of === undefined || of.includes(chosen ?? '')),
    )
    .map(({ name, values = [] }) => `'${name}': ${values.at(-1)}`);
}

/** The classes that completion offers for a map. */
const classesOf = (keys: Option['keys'] = []) =>
  keys.filter(({ name }) => name === 'class').flatMap(({ values = [] }) => values);

/** Completion offers these by the release: each is held to the server. */
describe('the options of a table', () => {
  it('are all taken by a server that has them, and by no other', async () => {
    const { known, later } = byRelease(TABLE_OPTIONS.filter(({ keys }) => keys === undefined));
    await create(known.map(written));
    for (const option of later) {
      const { message } = await failureOf(create([written(option)]));
      expect([option.name, message]).toEqual([option.name, expect.stringMatching(/unknown property/i)]);
    }
  });

  it.each(['compaction', 'compression'])('have the keys of each class of %s', async (name) => {
    const option = optionOf(name);
    const { known, later } = byRelease(option.keys ?? []);
    for (const text of classesOf(known)) {
      await create([mapOf(name, [`'class': ${text}`, ...keysOf(option, text.slice(1, -1))])]);
    }
    for (const text of classesOf(later)) {
      expect((await failureOf(create([mapOf(name, [`'class': ${text}`])]))).code).toBe('invalid_statement');
    }
  });

  it('have the keys of caching', async () => {
    await create([mapOf('caching', keysOf(optionOf('caching'), undefined))]);
  });
});

describe('what else depends on the release', () => {
  it('is taken by a server that has it, and by no other: classes of indexes', async () => {
    await execute(`CREATE TABLE ${KEYSPACE}.indexed (k int PRIMARY KEY, v text)`);
    for (const { text, since } of INDEX_CLASSES) {
      const made = await outcome(`CREATE CUSTOM INDEX IF NOT EXISTS ON ${KEYSPACE}.indexed (v) USING ${text}`);
      expect([text, /Unable to find custom indexer class/.test(made)]).toEqual([text, isLater({ since })]);
    }
    const named = await outcome(
      `CREATE INDEX IF NOT EXISTS ON ${KEYSPACE}.indexed (v) USING ${INDEX_CLASSES[0]?.text}`,
    );
    expect(/Cannot specify index class/.test(named)).toBe(isLater(INDEX_CLASS_OF_ANY));
  });

  it('is taken by a server that has it, and by no other: permissions', async () => {
    for (const { text, since } of PERMISSIONS) {
      // Without authorization the server refuses to grant, but not before its grammar has read the statement.
      const granted = await outcome(`GRANT ${text} ON KEYSPACE ${KEYSPACE} TO nobody`);
      expect([text, /^line \d+:\d+ /.test(granted)]).toEqual([text, isLater({ since })]);
    }
  });

  it('is taken by a server that has it, and by no other: conditions of ALTER', async () => {
    await execute(`CREATE TABLE ${KEYSPACE}.altered (k int PRIMARY KEY, v text)`);
    for (const change of ['ADD IF NOT EXISTS v text', 'DROP IF EXISTS nope']) {
      const made = await outcome(`ALTER TABLE ${KEYSPACE}.altered ${change}`);
      expect([change, /^line \d+:\d+ /.test(made)]).toEqual([change, isLater(ALTER_CONDITIONS)]);
    }
  });
});
