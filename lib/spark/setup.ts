import 'server-only';
import { execFile, spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '@/lib/failure';
import { writeText } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { connectorJars } from './connector-jars';
import { findSubmit, ownEnvironment } from './find-submit';

const run = promisify(execFile);

/** Exactly these files, wherever this machine's package index is. */
const LOCKED = `pyspark==3.5.9 --hash=sha256:ea27adc39ddac9413b8951e45aa748cbed6c785971b81386efc41938f6243d93
py4j==0.10.9.9 --hash=sha256:c7c26e4158defb37b0bb124933163641a2ff6e3a3913f7811b0ddbe07ed61533 \\
  --hash=sha256:f694cad19efa5bd1dee4f3e5270eb406613c974394035e5bfc4ec1aba870b879
`;

interface SettingUp {
  /** Ringside's data directory. */
  readonly data: string;
  /** The base URL of a Maven repository; Maven Central when absent. */
  readonly repository?: string | undefined;
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
}

/**
 * Puts PySpark, in a Python environment, and the connector into Ringside's data directory, unless they are there. Nothing
 * else of the machine changes.
 * @returns the path of its spark-submit
 * @throws Failure when Python is missing, or a file cannot be fetched or is not the locked one
 */
export async function setUp(setting: SettingUp): Promise<string> {
  const { data, repository, signal } = setting;
  const jars = await connectorJars({ data, repository, signal });
  setting.note(`The connector is there: ${jars.length} jars, each with its locked checksum.`);
  return pySpark(setting);
}

async function pySpark({ data, signal, note }: SettingUp): Promise<string> {
  const environment = ownEnvironment(data);
  const found = findSubmit({ env: {}, data });
  if (found !== null) return found.path;
  note(`Making a Python environment with PySpark 3.5.9 in ${environment}: 345 MB, about a minute.`);
  // What an interrupted run left is not used.
  await rm(environment, { recursive: true, force: true });
  await mkdir(environment, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  try {
    await command('python3', ['-m', 'venv', environment], signal);
    const requirements = join(environment, 'requirements.txt');
    await writeText(requirements, LOCKED);
    const python = join(environment, 'bin', 'python');
    await command(python, ['-m', 'pip', 'install', '--require-hashes', '-r', requirements], signal);
  } catch (error) {
    await rm(environment, { recursive: true, force: true });
    throw error;
  }
  const made = findSubmit({ env: {}, data });
  if (made === null) throw failed('The environment has no spark-submit.', environment);
  await run('java', ['-version']).catch(() =>
    note('! Spark also needs Java 8, 11 or 17: set JAVA_HOME or install one.'),
  );
  return made.path;
}

/** Its output goes to standard error: this may take a minute. */
async function command(program: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  await new Promise<void>((done, refuse) => {
    const child = spawn(program, args, { stdio: ['ignore', 2, 2], signal });
    child.once('error', (cause) =>
      refuse(signal.aborted ? signal.reason : failed(`${program} could not be run.`, cause.message)),
    );
    child.once('exit', (code) =>
      code === 0 ? done() : refuse(failed(`${program} ${args.join(' ')} failed.`, `status ${code}`)),
    );
  });
}

function failed(message: string, detail: string): Failure {
  const hint = 'PySpark needs Python 3.8 or newer with venv, and a package index that this machine can reach.';
  return new Failure({ code: 'spark_failed', message, hint, detail, retryable: false });
}
