/** A statement under `USE q`, and what is sent for it; the same where the two are equal. */
interface Case {
  readonly written: string;
  /** With `q.` for the keyspace. */
  readonly sent: string;
}

const same = (written: string): Case => ({ written, sent: written });
const to = (written: string, sent: string): Case => ({ written, sent });

/**
 * One of each form, in an order in which all of them run on a real server: the later ones use what the earlier ones made.
 */
export const QUALIFIED: readonly Case[] = [
  to('CREATE TYPE IF NOT EXISTS place (x int, y int)', 'CREATE TYPE IF NOT EXISTS q.place (x int, y int)'),
  to('CREATE TYPE pair (a frozen<place>)', 'CREATE TYPE q.pair (a frozen<place>)'),
  to(
    'CREATE TABLE t (k int, c int, v text, s int static, p frozen<place>, m map<text, text>, PRIMARY KEY (k, c))',
    'CREATE TABLE q.t (k int, c int, v text, s int static, p frozen<place>, m map<text, text>, PRIMARY KEY (k, c))',
  ),
  to('CREATE COLUMNFAMILY "T" (k int PRIMARY KEY)', 'CREATE COLUMNFAMILY q."T" (k int PRIMARY KEY)'),
  to('create table counts (k int PRIMARY KEY, n counter)', 'create table q.counts (k int PRIMARY KEY, n counter)'),
  to('CREATE INDEX by_v ON t (v)', 'CREATE INDEX by_v ON q.t (v)'),
  to('CREATE INDEX IF NOT EXISTS ON t (keys(m))', 'CREATE INDEX IF NOT EXISTS ON q.t (keys(m))'),
  to('ALTER TABLE t ADD w int', 'ALTER TABLE q.t ADD w int'),
  to('ALTER TYPE place ADD z int', 'ALTER TYPE q.place ADD z int'),
  to("INSERT INTO t (k, c, v) VALUES (1, 1, 'INTO u')", "INSERT INTO q.t (k, c, v) VALUES (1, 1, 'INTO u')"),
  to('INSERT INTO t (k, c, v) VALUES (1, 2, $$ FROM u; $$)', 'INSERT INTO q.t (k, c, v) VALUES (1, 2, $$ FROM u; $$)'),
  to(`INSERT INTO t JSON '{"k": 2, "c": 1}'`, `INSERT INTO q.t JSON '{"k": 2, "c": 1}'`),
  to(
    '/* of */ INSERT -- of t\n INTO\tt(k, c) VALUES (3, 1)',
    '/* of */ INSERT -- of t\n INTO\tq.t(k, c) VALUES (3, 1)',
  ),
  to(
    "UPDATE t USING TTL 500 SET v = 'x' WHERE k = 1 AND c = 1",
    "UPDATE q.t USING TTL 500 SET v = 'x' WHERE k = 1 AND c = 1",
  ),
  to("UPDATE t SET m['a'] = 'FROM' WHERE k = 1 AND c = 1", "UPDATE q.t SET m['a'] = 'FROM' WHERE k = 1 AND c = 1"),
  to("DELETE m['a'], v FROM t WHERE k = 1 AND c = 2", "DELETE m['a'], v FROM q.t WHERE k = 1 AND c = 2"),
  to('DELETE FROM t WHERE k = 1 AND c = 2', 'DELETE FROM q.t WHERE k = 1 AND c = 2'),
  to(
    "BEGIN BATCH INSERT INTO t (k, c) VALUES (4, 1); UPDATE t SET v = 'b' WHERE k = 4 AND c = 1; DELETE FROM t WHERE k = 9; APPLY BATCH",
    "BEGIN BATCH INSERT INTO q.t (k, c) VALUES (4, 1); UPDATE q.t SET v = 'b' WHERE k = 4 AND c = 1; DELETE FROM q.t WHERE k = 9; APPLY BATCH",
  ),
  to(
    'BEGIN COUNTER BATCH UPDATE counts SET n = n + 1 WHERE k = 1 UPDATE counts SET n = n + 1 WHERE k = 2 APPLY BATCH',
    'BEGIN COUNTER BATCH UPDATE q.counts SET n = n + 1 WHERE k = 1 UPDATE q.counts SET n = n + 1 WHERE k = 2 APPLY BATCH',
  ),
  to('SELECT * FROM t WHERE k = 1', 'SELECT * FROM q.t WHERE k = 1'),
  to('SELECT DISTINCT k FROM t', 'SELECT DISTINCT k FROM q.t'),
  to(
    'SELECT JSON k, (place) p, count(v) FROM t WHERE k = 1',
    'SELECT JSON k, (place) p, count(v) FROM q.t WHERE k = 1',
  ),
  same('SELECT release_version FROM system.local'),
  to('SELECT * FROM "T"', 'SELECT * FROM q."T"'),
  to('LIST ALL PERMISSIONS ON TABLE t', 'LIST ALL PERMISSIONS ON TABLE q.t'),
  to('GRANT SELECT ON t TO cassandra', 'GRANT SELECT ON q.t TO cassandra'),
  same('GRANT SELECT ON ALL KEYSPACES TO cassandra'),
  same('GRANT SELECT ON KEYSPACE other TO cassandra'),
  same('GRANT reader TO cassandra'),
  same('REVOKE EXECUTE ON FUNCTION f(int) FROM cassandra'),
  to(
    'CREATE OR REPLACE FUNCTION f(a place) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS $$ return 1; $$',
    'CREATE OR REPLACE FUNCTION q.f(a place) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS $$ return 1; $$',
  ),
  to('CREATE AGGREGATE a(int) SFUNC g STYPE int', 'CREATE AGGREGATE q.a(int) SFUNC g STYPE int'),
  to('SELECT f(p) FROM t WHERE k = 1', 'SELECT f(p) FROM q.t WHERE k = 1'),
  to('DROP AGGREGATE IF EXISTS a', 'DROP AGGREGATE IF EXISTS q.a'),
  to('DROP FUNCTION IF EXISTS f(place)', 'DROP FUNCTION IF EXISTS q.f(place)'),
  to(
    'CREATE MATERIALIZED VIEW u AS SELECT k, c FROM t WHERE k IS NOT NULL AND c IS NOT NULL PRIMARY KEY (c, k)',
    'CREATE MATERIALIZED VIEW q.u AS SELECT k, c FROM q.t WHERE k IS NOT NULL AND c IS NOT NULL PRIMARY KEY (c, k)',
  ),
  to("ALTER MATERIALIZED VIEW u WITH comment = 'from t'", "ALTER MATERIALIZED VIEW q.u WITH comment = 'from t'"),
  to('DROP MATERIALIZED VIEW u', 'DROP MATERIALIZED VIEW q.u'),
  to("CREATE TRIGGER tr ON t USING 'x.Y'", "CREATE TRIGGER tr ON q.t USING 'x.Y'"),
  to('DROP TRIGGER IF EXISTS tr ON t', 'DROP TRIGGER IF EXISTS tr ON q.t'),
  to('DROP INDEX by_v', 'DROP INDEX q.by_v'),
  to('TRUNCATE counts', 'TRUNCATE q.counts'),
  to('TRUNCATE TABLE t', 'TRUNCATE TABLE q.t'),
  to('DROP TABLE IF EXISTS t', 'DROP TABLE IF EXISTS q.t'),
  to('DROP TYPE pair', 'DROP TYPE q.pair'),
  same('CREATE ROLE IF NOT EXISTS someone'),
  same("CREATE KEYSPACE IF NOT EXISTS q WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"),
];
