import { parseArgs } from 'node:util';
import { Problem } from '../support/problem.mjs';

/**
 * @typedef {object} SoakOptions
 * @property {number} minutes
 * @property {number} clients at the same time
 * @property {number} seed of the clients' choices
 */

/**
 * @param {readonly string[]} args
 * @returns {SoakOptions}
 * @throws {Problem} for an option that is not a positive number
 */
export function soakOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '30' },
      clients: { type: 'string', default: '50' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  return {
    minutes: positive('minutes', values.minutes),
    clients: positive('clients', values.clients),
    seed: positive('seed', values.seed),
  };
}

/**
 * @param {string} name
 * @param {string} text
 */
function positive(name, text) {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Problem(
    `--${name} ${text} is not a positive number.`,
    'Try: npm run test:soak -- --minutes 30 --clients 50',
  );
}
