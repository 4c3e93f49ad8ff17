import 'server-only';
import { join, resolve } from 'node:path';
import { readStatementsDirectory } from '@/lib/config';
import { readEnvironment } from '@/lib/env';
import { limits } from '@/lib/limits';
import { KeptTexts } from './kept-texts';
import { StatementDirectory } from './statement-directory';

const KEY = Symbol.for('ringside.statements');

interface Kept {
  readonly saved: StatementDirectory;
  readonly texts: KeptTexts;
}

/** This server's: one for all routes, which the bundler may give modules of their own. */
function kept(): Kept {
  const global = globalThis as { [KEY]?: Kept };
  global[KEY] ??= {
    saved: new StatementDirectory(readStatementsDirectory(), limits().statementCharacters),
    texts: new KeptTexts(resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, 'texts'))),
  };
  return global[KEY];
}

export const savedStatements = (): StatementDirectory => kept().saved;
export const keptTexts = (): KeptTexts => kept().texts;
