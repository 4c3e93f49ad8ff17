import { parseArgs } from 'node:util';
import { NO_SIGN_IN, refuseBind } from '../../server/bind.mjs';
import { namesSignIn } from '../../server/settings.mjs';
import { Problem } from '../support/problem.mjs';

export const USAGE = `Starts Ringside, plus a Cassandra with demo data if no cluster is configured.

  npm start -- [options]        npm run dev -- [options] (for developers: reloads on change)

  --nodes N     number of Cassandra nodes, 1 to 9; default 1
  --no-demo     do not load demo data
  --help

Environment:
  PORT, HOST             where the page is served; default 3000 on 127.0.0.1
  RINGSIDE_CASSANDRA     docker or jvm: how Ringside's own Cassandra runs; default: Docker if available
  RINGSIDE_CONFIG        a configuration file other than ringside.config.json
  RINGSIDE_CACHE_DIR     a download folder other than .ringside/cache`;

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
  throw new Problem(`${name} is "${text}".`, `Use a whole number from ${least} to ${most}.`);
}

/**
 * The options from the command line and the environment.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartOptions | 'help'}
 * @throws {Problem} naming the invalid option
 */
export function startOptions(args, env) {
  const { values } = parse(args);
  if (values.help) return 'help';
  const host = env.HOST || '127.0.0.1';
  // The server refuses this too, but only after the build. With a sign-in it decides.
  const refusal = refuseBind(host, { publishedBy: null, hasProxies: false, hasTls: false }, NO_SIGN_IN);
  if (refusal !== null && !namesSignIn(env)) throw new Problem(refusal.message, refusal.hint);
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
