import type { Client } from 'cassandra-driver';
import { expect, it } from 'vitest';
import { TELLS_GOSSIP } from '@/lib/test-release';
import { NODES } from '../test-ring';
import { insertAll, testBed } from '../test-support';
import { readNodeSection } from './node-detail';

const KEYSPACE = 'ringside_running_queries_test';
const TABLE = `${KEYSPACE}.people`;
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${TABLE} (id int PRIMARY KEY, name text, n int)`]);

const ROWS = 1_500;
const WAIT = { timeout: 90_000, interval: 500 };
const TEST_TIMEOUT_MS = 180_000;
/** Somebody is always in the middle of one. */
const AT_ONCE = 4;

it.runIf(TELLS_GOSSIP)(
  'shows what runs without its values, and with them only when they are asked for',
  async () => {
    const people = Array.from({ length: ROWS }, (_, id) => [id, `name ${id}`, id]);
    await insertAll(plain, `INSERT INTO ${TABLE} (id, name, n) VALUES (?, ?, ?)`, people);
    const client = await cluster.client();
    const first = ({ hosts }: Client) => hosts.values().find(({ address }) => address === NODES[0]);
    const node = String(first(client)?.hostId);
    const host = first(plain);
    const select = `SELECT count(*) FROM ${TABLE} WHERE name =`;
    const statement = `${select} 'Ann of Ulm' AND n > -8150 ALLOW FILTERING`;
    let isOver = false;
    const running = Array.from({ length: AT_ONCE }, async () => {
      while (!isOver) await plain.execute(statement, [], host === undefined ? {} : { host });
    });
    const tasks = async (literals: boolean) => {
      const { columns, rows } = await readNodeSection(cluster, { node, section: 'queries', literals });
      const task = columns.indexOf('task');
      return rows.map((row) => String(row[task])).filter((text) => text.includes(select));
    };
    const masked: string[] = [];
    try {
      // Both come from one answer of the node.
      const both = async () => {
        const [without, whole] = await Promise.all([tasks(false), tasks(true)]);
        masked.push(...without);
        return without.length > 0 && whole.some((text) => text.includes(statement));
      };
      await expect.poll(both, WAIT).toBe(true);
    } finally {
      isOver = true;
      await Promise.all(running);
    }
    for (const text of masked) {
      expect(text).toContain(`${select} ? AND n > ? ALLOW FILTERING`);
      expect(text).not.toMatch(/Ann|Ulm|8150/);
    }
  },
  TEST_TIMEOUT_MS,
);
