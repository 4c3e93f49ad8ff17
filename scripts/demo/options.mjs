import { parseArgs } from 'node:util';
import { KEYSPACES } from './catalogue.mjs';
import { MAX_FLIGHTS } from './sources/flights.mjs';

/** A problem whose message tells the user everything. */
export class DemoError extends Error {}

/**
 * @typedef {object} Options
 * @property {string[]} contactPoints  Each a host or host:port.
 * @property {number} port
 * @property {string | undefined} localDc
 * @property {number} replication
 * @property {number} flights
 * @property {string[]} keyspaces  Demo keyspaces wanted, without prefix.
 * @property {string} prefix  Put before each keyspace's name.
 * @property {string | undefined} statusFile
 * @property {boolean} drop
 */

export const USAGE = `Load Ringside's demo data into a Cassandra, or remove it.

  node scripts/demo/load.mjs [options]

  --contact-points HOST[,HOST…]  default 127.0.0.1; host:port also works
  --port PORT                    default 9042
  --local-dc NAME                detected in a cluster of one datacenter
  --replication N                copies in that datacenter, default 1
  --flights N                    such as 50000, 200k or 3m; default 200k
  --only KEYSPACE[,KEYSPACE…]    ${Object.keys(KEYSPACES).join(', ')}
  --prefix TEXT                  prepended to each keyspace's name
  --status-file FILE             progress as JSON
  --drop                         remove the demo keyspaces; leave other keyspaces of the same name alone`;

/**
 * @param {string[]} args
 * @returns {Options | 'help'}
 * @throws {DemoError} naming the option that is wrong.
 */
export function parseOptions(args) {
  const values = parsed(args);
  if (values.help) return 'help';
  return {
    contactPoints: list(values['contact-points'] ?? '127.0.0.1'),
    port: whole('--port', values.port ?? '9042', 1, 65_535),
    localDc: values['local-dc'],
    replication: whole('--replication', values.replication ?? '1', 1, 99),
    flights: whole('--flights', values.flights ?? '200k', 1, MAX_FLIGHTS),
    keyspaces: values.only === undefined ? Object.keys(KEYSPACES) : list(values.only).map(knownKeyspace),
    prefix: prefix(values.prefix ?? ''),
    statusFile: values['status-file'],
    drop: values.drop ?? false,
  };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args,
      options: {
        'contact-points': { type: 'string' },
        port: { type: 'string' },
        'local-dc': { type: 'string' },
        replication: { type: 'string' },
        flights: { type: 'string' },
        only: { type: 'string' },
        prefix: { type: 'string' },
        'status-file': { type: 'string' },
        drop: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new DemoError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`, { cause: error });
  }
}

/** @param {string} text */
function list(text) {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/**
 * @param {string} option
 * @param {string} text  Digits, perhaps with k or m for thousands or millions.
 * @param {number} min
 * @param {number} max
 */
function whole(option, text, min, max) {
  const [, digits, unit] = /^(\d+)(k|m)?$/i.exec(text) ?? [];
  const value = Number(digits) * (unit === undefined ? 1 : unit.toLowerCase() === 'k' ? 1_000 : 1_000_000);
  if (!(value >= min && value <= max))
    throw new DemoError(`${option} must be a number from ${min} to ${max}, not ${text}`);
  return value;
}

/** @param {string} name */
function knownKeyspace(name) {
  if (Object.hasOwn(KEYSPACES, name)) return name;
  throw new DemoError(`--only knows ${Object.keys(KEYSPACES).join(', ')}, not ${name}`);
}

/** @param {string} text */
function prefix(text) {
  if (/^([a-z][a-z0-9_]{0,29})?$/.test(text)) return text;
  throw new DemoError(`--prefix must be up to 30 lower-case letters, digits and underscores, not ${text}`);
}
