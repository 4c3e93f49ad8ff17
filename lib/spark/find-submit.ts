import 'server-only';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { PYSPARK } from './plan/script';

/** A spark-submit of this machine, and the environment that it needs. */
export interface Submit {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Places {
  /** The configured path. */
  readonly configured?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ringside's data directory. */
  readonly data: string;
}

/** The spark-submit to use: the configured one, that of SPARK_HOME, one that `ringside spark setup` made, or that of PATH. */
export function findSubmit({ configured, env, data }: Places): Submit | null {
  if (configured !== undefined) return isProgram(configured) ? { path: resolve(configured), env: {} } : null;
  const home = env.SPARK_HOME === undefined ? null : submitIn(env.SPARK_HOME);
  return home ?? ownSubmit(data) ?? onPath(env.PATH ?? '');
}

/** The folder of the Python environment that `ringside spark setup` makes. */
export function ownEnvironment(data: string): string {
  return resolve(/* turbopackIgnore: true */ data, 'spark', `pyspark-${PYSPARK}`);
}

/** Null until it was made. PySpark's own spark-submit looks for another Python unless it is given its home. */
function ownSubmit(data: string): Submit | null {
  const environment = ownEnvironment(data);
  const libraries = join(environment, 'lib');
  if (!existsSync(libraries)) return null;
  const [found] = readdirSync(libraries).flatMap((name) => {
    const home = join(libraries, name, 'site-packages', 'pyspark');
    return submitIn(home) === null ? [] : [home];
  });
  if (found === undefined) return null;
  const python = join(environment, 'bin', 'python');
  const env = { SPARK_HOME: found, PYSPARK_PYTHON: python, ...ownHome(environment) };
  return { path: join(found, 'bin', 'spark-submit'), env };
}

/**
 * Ivy takes what a person's own Maven cache lists, even where it has no jar, and then fails. So it looks at another home;
 * Spark splits this variable at spaces.
 */
function ownHome(environment: string): Record<string, string> {
  const home = join(environment, 'home');
  return /\s/.test(home) ? {} : { SPARK_SUBMIT_OPTS: `-Duser.home=${home}` };
}

/** The environment that a spark-submit gets, without Ringside's own settings, among which are passwords. */
export function environmentOf(submit: Submit): NodeJS.ProcessEnv {
  const env = { ...process.env, ...submit.env };
  for (const name of Object.keys(env).filter((each) => each.startsWith('RINGSIDE_'))) delete env[name];
  return env;
}

function submitIn(home: string): Submit | null {
  const path = join(home, 'bin', 'spark-submit');
  return isProgram(path) ? { path, env: { SPARK_HOME: home } } : null;
}

function onPath(path: string): Submit | null {
  const found = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'spark-submit'))
    .find(isProgram);
  return found === undefined ? null : { path: found, env: {} };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
