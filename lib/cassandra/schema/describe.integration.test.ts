import { afterAll, beforeAll, expect, describe as group, it } from 'vitest';
import { quoteAlways } from '@/lib/cql/identifiers';
import { REPLICATION, testBed } from '../test-support';
import { describe } from './describe';

/**
 * What may follow DESCRIBE in the grammars of Cassandra 4.0 to 5.0 (`describeStatement` in `Parser.g`): words that are
 * names without quotes everywhere else, and two that always need quotes. There are no views: a node that builds one
 * while its keyspace is dropped can wait forever for a schema agreement that it prevents itself.
 */
const WORDS =
  'cluster keyspaces only tables type types function functions aggregate aggregates internals full schema'.split(' ');
/** Those whose keyspaces have a type and a function of the same name as well: each change takes the nodes their time. */
const IN_FULL = ['cluster', 'full'];
/** A name in the server's DDL: it quotes only some of them. */
const anyQuotes = (word: string) => `"?${word}"?`;

const { cluster, plain } = testBed([]);
const drop = (word: string) => plain.execute(`DROP KEYSPACE IF EXISTS ${quoteAlways(word)}`);

beforeAll(async () => {
  for (const word of WORDS) {
    const name = quoteAlways(word);
    await drop(word);
    await plain.execute(`CREATE KEYSPACE ${name} WITH replication = ${REPLICATION} AND durable_writes = false`);
    await plain.execute(`CREATE TABLE ${name}.${name} (k int PRIMARY KEY, ${name} int)`);
    await plain.execute(`CREATE INDEX ${name} ON ${name}.${name} (${name})`);
  }
  for (const word of IN_FULL) {
    const name = quoteAlways(word);
    await plain.execute(`CREATE TYPE ${name}.${name} (${name} int)`);
    await plain.execute(
      `CREATE FUNCTION ${name}.${name} (x int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return x;'`,
    );
  }
}, 600_000);
afterAll(async () => {
  for (const word of WORDS) await drop(word);
}, 600_000);

group('The DDL of a keyspace named by a word of DESCRIBE', () => {
  it.each(WORDS)('%s describes the keyspace with its table and index', async (word) => {
    const name = anyQuotes(word);
    const { ddl } = await describe(cluster, word, undefined);
    expect(ddl).toMatch(new RegExp(`^CREATE KEYSPACE ${name} WITH`, 'm'));
    expect(ddl).toMatch(new RegExp(`^CREATE INDEX ${name} ON ${name}\\.${name}`, 'm'));
    const table = await describe(cluster, word, word);
    expect(table.ddl).toMatch(new RegExp(`^CREATE TABLE ${name}\\.${name} \\(`, 'm'));
    expect(table.ddl).toMatch(new RegExp(`^CREATE INDEX ${name} ON`, 'm'));
  });

  it.each(IN_FULL)('%s describes its types and functions', async (word) => {
    const name = anyQuotes(word);
    const { ddl } = await describe(cluster, word, undefined);
    expect(ddl).toMatch(new RegExp(`^CREATE TYPE ${name}\\.${name} \\(`, 'm'));
    expect(ddl).toMatch(new RegExp(`^CREATE FUNCTION ${name}\\.${name}\\(x int\\)`, 'm'));
  });
});
