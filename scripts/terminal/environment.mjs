import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRunning } from '../start/running.mjs';
import { ROOT, STATE_DIRECTORY } from '../support/paths.mjs';

/**
 * What the command line adds to its environment, so that it finds the same clusters and the same key from any folder: this
 * project's data folder; its configuration file if the current folder has none; and if nothing is configured, the
 * Cassandra of a running `npm start`.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} directory the current one
 * @returns {Promise<Record<string, string>>}
 */
export async function environmentOf(env, directory) {
  const data = env.RINGSIDE_DATA_DIR ? {} : { RINGSIDE_DATA_DIR: STATE_DIRECTORY };
  const isConfigured = ['RINGSIDE_CLUSTERS', 'RINGSIDE_CONFIG', 'RINGSIDE_CONTACT_POINTS'].some((name) => env[name]);
  if (isConfigured || existsSync(join(directory, 'ringside.config.json'))) return data;
  const config = join(ROOT, 'ringside.config.json');
  if (existsSync(config)) return { ...data, RINGSIDE_CONFIG: config };
  const demo = (await findRunning())?.demo;
  if (!demo) return data;
  const clusters = [{ name: 'demo', contactPoints: demo.contactPoints, port: demo.port }];
  return { ...data, RINGSIDE_CLUSTERS: JSON.stringify(clusters) };
}
