import { ok, refused, wrong } from './outcome.mjs';
import { exportTable, outcomeOfError, readRows } from './reads.mjs';
import { KEYSPACE, NARROW, WIDE, WIDEST } from './tables.mjs';
import { ask, post, rawExchange, textOf } from './wire.mjs';

/**
 * What a client does in one visit.
 * @typedef {object} Visit
 * @property {string} name
 * @property {number} weight how often, relative to the others
 * @property {(visitor: Visitor) => Promise<import('./outcome.mjs').Outcome>} run
 *
 * @typedef {object} Visitor
 * @property {import('./wire.mjs').Target} target
 * @property {import('./random.mjs').Random} random
 * @property {AbortSignal} signal
 */

const CLUSTER = '/api/clusters/soak';
const TABLE = `${CLUSTER}/tables/${KEYSPACE}`;
/** How long a client waits for a response to bytes that are not HTTP. */
const NONSENSE_MS = 20_000;

/**
 * Sends a request that must be refused with a client error. @param {Visitor} visitor @param {import('./wire.mjs').Asked} asked
 */
async function mustRefuse({ target, signal }, asked) {
  const answer = await ask(target, asked, signal).catch((error) => {
    // The server may close while the request is still being sent.
    if (error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE'))
      return null;
    throw error;
  });
  if (answer === null) return ok('closed');
  const text = await textOf(answer).catch(() => '');
  const status = answer.statusCode ?? 0;
  return status >= 400 && status < 500 ? ok() : wrong(`${status} ${text.slice(0, 120)}`);
}

/**
 * Sends bytes after which the server must close. @param {Visitor} visitor @param {string | Buffer} bytes
 */
async function mustClose({ target, signal }, bytes) {
  const { closedByServer, text } = await rawExchange(target, bytes, { leaveAfterMs: NONSENSE_MS, signal });
  if (signal.aborted) return ok();
  if (!closedByServer) return wrong(`not closed within ${NONSENSE_MS} ms: ${text.slice(0, 80)}`);
  return /^HTTP\/1\.1 (2|500)/.test(text) ? wrong(text.slice(0, 80)) : ok();
}

/** @param {Visitor} visitor @param {string} path @param {unknown} value */
async function mustAnswer({ target, signal }, path, value) {
  const answer = await (value === undefined ? ask(target, { path }, signal) : post(target, path, value, signal));
  if (answer.statusCode !== 200) return outcomeOfError(answer);
  const text = await textOf(answer, Number.POSITIVE_INFINITY);
  const code = /^\{"error":\{"code":"([a-z_]+)"/m.exec(text)?.[1];
  return code === undefined ? ok() : refused(code);
}

const HEAD = 'HTTP/1.1\r\nHost: localhost\r\n';

/** @type {readonly ((visitor: Visitor) => string | Buffer)[]} */
const NONSENSE = [
  () =>
    `GET / ${HEAD}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  () => `GET /_next/webpack-hmr ${HEAD}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
  () => `GET http://example.com/ ${HEAD}Connection: close\r\n\r\n`,
  () => `CONNECT localhost:22 ${HEAD}\r\n`,
  () => `TRACE / ${HEAD}Connection: close\r\n\r\n`,
  () => `BREW / ${HEAD}Connection: close\r\n\r\n`,
  () => `GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n`,
  () => `GET / HTTP/1.1\r\nConnection: close\r\n\r\n`,
  () => `POST ${CLUSTER}/query ${HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n`,
  () => `POST ${CLUSTER}/query ${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabc`,
  () => `GET /${'a'.repeat(64 * 1024)} ${HEAD}Connection: close\r\n\r\n`,
  () => `GET / ${HEAD}X-Long: ${'b'.repeat(128 * 1024)}\r\n\r\n`,
  ({ random }) => Buffer.from(Array.from({ length: 512 }, () => random.integer(256))),
];

/** @type {readonly ((visitor: Visitor) => import('./wire.mjs').Asked)[]} */
const HUGE = [
  () => json(`${CLUSTER}/query`, `{"statement":"SELECT * FROM t","x":"${'y'.repeat(5 * 1024 * 1024)}"}`),
  () => json(`${CLUSTER}/query`, '['.repeat(1_000_000)),
  () => json(`${CLUSTER}/query`, `{"statement":"SELECT 1","params":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`),
  () => json(`${CLUSTER}/query`, JSON.stringify({ statement: `SELECT ${'- '.repeat(450_000)}1` })),
  () => json(`${CLUSTER}/query`, JSON.stringify({ statement: `SELECT ${'('.repeat(100_000)}` })),
  () => json(`${CLUSTER}/classify`, JSON.stringify({ statement: '/*'.repeat(700_000) })),
  () => json(`${CLUSTER}/query`, JSON.stringify({ statement: namedMarkers(8_000), params: namedValues(8_000) })),
  () => json(`${CLUSTER}/query`, '{"statement":"SELECT * FROM ks.t WHERE a = ?","params":{"__proto__":1}}'),
];

/** @param {string} path @param {string} body @returns {import('./wire.mjs').Asked} */
function json(path, body) {
  return { path, method: 'POST', headers: { 'content-type': 'application/json' }, body };
}

/** @param {number} count */
function namedMarkers(count) {
  const markers = Array.from({ length: count }, (_, index) => `:p${index}`);
  return `SELECT * FROM ${KEYSPACE}.nothing WHERE id IN (${markers.join(', ')})`;
}

/** @param {number} count */
function namedValues(count) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, index]));
}

/** @type {readonly Visit[]} */
export const VISITS = [
  {
    name: 'read a few pages',
    weight: 14,
    run: ({ target, random, signal }) =>
      readRows(target, NARROW, { pageRows: 1 + random.integer(2_000), maxPages: 1 + random.integer(4) }, signal),
  },
  {
    name: 'read to the end',
    weight: 3,
    run: ({ target, signal }) => readRows(target, NARROW, { pageRows: 10_000, maxPages: 0 }, signal),
  },
  {
    name: 'read rows of 1 MB',
    weight: 5,
    run: ({ target, signal }) => readRows(target, WIDE, { pageRows: 10_000, maxPages: 0 }, signal),
  },
  {
    name: 'read rows of 8 MB',
    weight: 1,
    run: ({ target, signal }) => readRows(target, WIDEST, { pageRows: 10_000, maxPages: 0 }, signal),
  },
  {
    name: 'stop in the middle',
    weight: 8,
    run: ({ target, random, signal }) => {
      const takeRows = 1 + random.integer(3_000);
      return readRows(target, NARROW, { pageRows: 500, maxPages: 0, takeRows }, signal);
    },
  },
  {
    name: 'stop while reading rows of 1 MB',
    weight: 3,
    run: ({ target, random, signal }) =>
      readRows(target, WIDE, { pageRows: 10_000, maxPages: 0, takeRows: 1 + random.integer(10) }, signal),
  },
  { name: 'export', weight: 4, run: ({ target, signal }) => exportTable(target, NARROW, {}, signal) },
  {
    name: 'export, and stall',
    weight: 3,
    run: ({ target, random, signal }) =>
      exportTable(target, NARROW, { stallMs: 5_000 + random.integer(40_000) }, signal),
  },
  {
    name: 'export, and leave',
    weight: 4,
    run: ({ target, random, signal }) =>
      exportTable(target, NARROW, { leaveAfterBytes: 1 + random.integer(1_000_000) }, signal),
  },
  {
    name: 'vanish',
    weight: 8,
    run: async ({ target, random, signal }) => {
      const path = random.pick([
        `${TABLE}/wide/rows?pageRows=10000&maxPages=0`,
        `${TABLE}/narrow/rows?pageRows=10000&maxPages=0`,
        `${CLUSTER}/export?request=${encodeURIComponent(JSON.stringify({ keyspace: KEYSPACE, table: 'wide', format: 'csv' }))}`,
        '/',
        `${CLUSTER}/schema`,
      ]);
      await rawExchange(target, `GET ${path} ${HEAD}X-Ringside: 1\r\n\r\n`, {
        leaveAfterMs: random.integer(2_000),
        signal,
      });
      return ok();
    },
  },
  {
    name: 'half a request',
    weight: 3,
    run: async ({ target, random, signal }) => {
      const body = `POST ${CLUSTER}/query ${HEAD}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"state`;
      const bytes = body.slice(0, 1 + random.integer(body.length));
      await rawExchange(target, bytes, { leaveAfterMs: random.integer(8_000), signal });
      return ok();
    },
  },
  {
    name: 'nonsense and upgrades',
    weight: 12,
    run: (visitor) => mustClose(visitor, visitor.random.pick(NONSENSE)(visitor)),
  },
  { name: 'huge things', weight: 4, run: (visitor) => mustRefuse(visitor, visitor.random.pick(HUGE)(visitor)) },
  {
    name: 'HEAD of an export',
    weight: 4,
    run: async ({ target, signal }) => {
      const asked = encodeURIComponent(JSON.stringify({ keyspace: KEYSPACE, table: 'narrow', format: 'csv' }));
      const answer = await ask(target, { path: `${CLUSTER}/export?request=${asked}`, method: 'HEAD' }, signal);
      await textOf(answer);
      return (answer.statusCode ?? 500) < 500 ? ok() : wrong(`HEAD: ${answer.statusCode}`);
    },
  },
  {
    name: 'sample of 100 places',
    weight: 3,
    run: (visitor) =>
      mustAnswer(visitor, `${TABLE}/${visitor.random.pick(['wide', 'narrow'])}/sample`, {
        places: 100,
        partitionsPerPlace: 8,
      }),
  },
  {
    name: 'count',
    weight: 2,
    run: (visitor) => mustAnswer(visitor, `${CLUSTER}/count`, { keyspace: KEYSPACE, table: 'narrow' }),
  },
  {
    name: 'statement',
    weight: 6,
    run: (visitor) =>
      mustAnswer(visitor, `${CLUSTER}/query`, {
        statement: `SELECT * FROM ${KEYSPACE}.narrow WHERE id = ?`,
        params: [visitor.random.integer(NARROW.rows)],
      }),
  },
  {
    name: 'pages and facts',
    weight: 6,
    run: (visitor) =>
      mustAnswer(
        visitor,
        visitor.random.pick([
          '/soak',
          '/api/health',
          '/api/clusters',
          `${CLUSTER}/schema`,
          `${CLUSTER}/topology`,
          `${TABLE}/wide/stats`,
        ]),
        undefined,
      ),
  },
  {
    name: 'test a hostile peer',
    weight: 1,
    run: async ({ target, signal }) => {
      const asked = { contactPoints: [`127.0.0.1:${target.hostilePort}`], port: target.hostilePort, tls: null };
      const answer = await post(target, '/api/connect/test', asked, signal);
      const text = await textOf(answer);
      if (answer.statusCode === 503) return refused('overloaded');
      return answer.statusCode === 200 && text.includes('"ok":false')
        ? ok()
        : wrong(`${answer.statusCode} ${text.slice(0, 120)}`);
    },
  },
];
