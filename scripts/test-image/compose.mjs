import { freePort } from '../support/ports.mjs';
import { outputOf } from '../support/processes.mjs';
import { becomesReady, check, docker, output } from './engine.mjs';

const PROJECT = `ringside-test-${process.pid}`;
const TABLE = 'ringside_image.kept';

/** @typedef {{ name: string, command: readonly [string, ...string[]] }} Compose */

/** The two ways in which Compose is installed: as a plugin of the engine's client, and as a program, which is older. */
const WAYS = /** @type {const} */ ([['docker', 'compose'], ['docker-compose']]);

/** @returns {Promise<Compose | undefined>} undefined where neither is */
export async function findCompose() {
  for (const command of WAYS) {
    const [program, ...args] = command;
    const version = await outputOf(program, [...args, 'version', '--short']);
    if (version !== undefined) return { name: `Compose ${version.trim()}`, command };
  }
  return undefined;
}

/**
 * compose.yaml as a person uses it: ready with one command, the command line, a stop, and data that is there afterwards.
 * @param {Compose} way
 * @param {(cassandra: string) => Promise<void>} then gets the address of its Cassandra while that runs
 */
export async function tryCompose({ command: [program, ...first] }, then) {
  const port = await freePort(['127.0.0.1'], 3_700);
  const compose = (/** @type {readonly string[]} */ ...args) =>
    output(program, [...first, '--project-name', PROJECT, ...args], { PORT: String(port) });
  const inside = (/** @type {string} */ script) => compose('exec', '-T', 'ringside', 'sh', '-c', script);
  const containerOf = (/** @type {string} */ service) => compose('ps', '--all', '--quiet', service);
  try {
    await compose('up', '--detach');
    check(await becomesReady(port), 'compose.yaml is ready with one command');
    const url = `http://127.0.0.1:${port}`;
    check((await (await fetch(`${url}/cassandra`)).text()).includes('Ringside'), 'shows its Cassandra');
    check(
      /^1000\n.*Read-only/.test(await inside('id -u; touch /ringside/x 2>&1 || true')),
      'not root, a read-only root',
    );
    await writeRow(url);
    check((await inside(`ringside count ${TABLE} 2>/dev/null`)) === '1', 'the command line reads its Cassandra');
    const ringside = await containerOf('ringside');
    await compose('stop', 'ringside');
    check((await docker('inspect', '--format', '{{.State.ExitCode}}', ringside)) === '0', 'stops when asked');
    await compose('down');
    await compose('up', '--detach');
    check(await becomesReady(port), 'is ready again after down and up');
    check((await inside(`ringside count ${TABLE} 2>/dev/null`)) === '1', 'has its data after them');
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    await then(await docker('inspect', '--format', format, await containerOf('cassandra')));
  } finally {
    await compose('down', '--volumes');
  }
}

/** @param {string} url of Ringside */
async function writeRow(url) {
  const statements = [
    "CREATE KEYSPACE ringside_image WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
    `CREATE TABLE ${TABLE} (id int PRIMARY KEY)`,
    `INSERT INTO ${TABLE} (id) VALUES (7)`,
  ];
  for (const statement of statements) {
    const response = await fetch(`${url}/api/clusters/cassandra/query`, {
      method: 'POST',
      headers: { 'x-ringside': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ statement, confirm: { statement, name: 'cassandra' } }),
    });
    check(response.ok && !(await response.text()).includes('"error"'), `runs ${statement.split(' ', 2).join(' ')}`);
  }
}
