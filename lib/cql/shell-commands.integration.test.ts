import { describe, expect, it } from 'vitest';
import { testBed } from '@/lib/cassandra/test-support';
import { parseShellCommand } from './shell-commands';

const KEYSPACE = 'ringside_shell_commands';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY)`]);

describe('what is cqlsh’s alone', () => {
  it.each([
    'CONSISTENCY',
    'CONSISTENCY QUORUM',
    'SERIAL CONSISTENCY LOCAL_SERIAL',
    'PAGING 100',
    'TRACING ON',
    'EXPAND ON',
    "SOURCE 'a.cql'",
    `COPY ${KEYSPACE}.t TO 'a.csv'`,
    `COPY ${KEYSPACE}.t FROM 'a.csv'`,
    'SHOW VERSION',
    "CAPTURE 'a.txt'",
    'LOGIN me',
    'HELP SELECT',
    'CLEAR',
    'CLS',
    'DEBUG',
    'HISTORY',
    'ELAPSED ON',
    'EXIT',
    'QUIT',
    '? SELECT',
  ])('%s is a command, which a server refuses', async (statement) => {
    expect(parseShellCommand(statement)?.name).not.toBe('MALFORMED');
    expect(parseShellCommand(statement)).toBeDefined();
    await expect(plain.execute(statement)).rejects.toMatchObject({ code: 0x2000 });
  });

  it.each([
    'DESCRIBE KEYSPACES',
    'DESC SCHEMA',
    'DESCRIBE CLUSTER',
    `DESCRIBE KEYSPACE ${KEYSPACE}`,
    `DESC TABLE ${KEYSPACE}.t`,
  ])('%s is a statement, which a server answers', async (statement) => {
    expect(parseShellCommand(statement)).toBeUndefined();
    expect((await plain.execute(statement)).rowLength).toBeGreaterThan(0);
  });
});
