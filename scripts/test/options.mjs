import { parseArgs } from 'node:util';
import { Problem } from '../support/problem.mjs';

/** The steps in their order. */
export const STEPS = /** @type {const} */ ([
  'format',
  'lint',
  'typecheck',
  'build',
  'first-load',
  'unit',
  'components',
  'integration',
  'e2e',
]);

/** @typedef {(typeof STEPS)[number]} StepName */

export const USAGE = `Runs the tests: ${STEPS.join(', ')}.

  npm test                          all of them
  npm test -- --only unit,lint      some of them
  npm test -- --only e2e -- FILE…   arguments after the second -- go to the test runner
  npm test -- --cassandra 4.1.10    on another release, as processes (npm run test:versions runs them all)

Starts and stops the ring that integration and e2e need (RINGSIDE_CASSANDRA=docker or jvm chooses how).`;

/**
 * @typedef {object} TestOptions
 * @property {ReadonlySet<StepName>} steps
 * @property {string[]} rest for the test runners
 * @property {string} [cassandra] a release from jars.lock.json instead of the default
 */

/**
 * @param {readonly string[]} args
 * @returns {TestOptions | 'help'}
 * @throws {Problem} naming the invalid option
 */
export function testOptions(args) {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const cassandra = values.cassandra === undefined ? {} : { cassandra: values.cassandra };
  if (values.only === undefined) return { steps: new Set(STEPS), rest: positionals, ...cassandra };
  const wanted = values.only.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !STEPS.some((step) => step === name));
  if (unknown !== undefined) throw new Problem(`There is no step "${unknown}".`, USAGE);
  return { steps: new Set(STEPS.filter((step) => wanted.includes(step))), rest: positionals, ...cassandra };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        only: { type: 'string' },
        cassandra: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), USAGE);
  }
}
