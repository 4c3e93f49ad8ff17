import { parseArgs } from 'node:util';
import { refuseBind } from '../../server/bind.mjs';
import { Problem } from '../support/problem.mjs';

export const USAGE = `Starts Ringside, and a Cassandra with demo data where no cluster is configured.

  npm start -- [options]        npm run dev -- [options] (for developers: reloads what changes)

  --nodes N     nodes of Ringside's own Cassandra, 1 to 9; default 1
  --no-demo     load no demo data
  --help

Environment:
  PORT, HOST             the page's address; default 127.0.0.1 and 3000
  RINGSIDE_CASSANDRA     docker or jvm: how Ringside's own Cassandra runs; default: Docker where it can be used
  RINGSIDE_CONFIG        another configuration file than ringside.config.json
  RINGSIDE_CACHE_DIR     another folder for downloads than .ringside/cache`;

/**
 * @typedef {object} StartOptions
 * @property {number} nodes
 * @property {boolean} demo
 * @property {string} host
 * @property {number} port
 */

/**
 * @param {string} name
 * @param {string} text
 * @param {number} least
 * @param {number} most
 * @returns {number}
 */
function whole(name, text, least, most) {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Problem(`${name} is "${text}".`, `It takes a whole number from ${least} to ${most}.`);
}

/**
 * What the command line and the environment ask for.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartOptions | 'help'}
 * @throws {Problem} naming what cannot be used
 */
export function startOptions(args, env) {
  const { values } = parse(args);
  if (values.help) return 'help';
  const host = env.HOST || '127.0.0.1';
  // The server refuses it itself; said here, it is said before anything is built.
  const refusal = refuseBind(host, { publishedBy: null });
  if (refusal !== null) throw new Problem(refusal.message, refusal.hint);
  return {
    nodes: whole('--nodes', values.nodes, 1, 9),
    demo: !values['no-demo'],
    host,
    port: whole('PORT', env.PORT || '3000', 1, 65_535),
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        nodes: { type: 'string', default: '1' },
        'no-demo': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), USAGE);
  }
}
