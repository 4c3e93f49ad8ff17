import 'server-only';
import { join, resolve } from 'node:path';
import { readStatementsDirectory } from '@/lib/config';
import type { Principal } from '@/lib/contract/principal';
import { readEnvironment } from '@/lib/env';
import { limits } from '@/lib/limits';
import { KeptTexts } from './kept-texts';
import { SeenStatements } from './seen-statements';
import { StatementDirectory } from './statement-directory';

const KEY = Symbol.for('ringside.statements');

interface Kept {
  /** By their paths: another one may be configured while this server runs. */
  readonly shared: Map<string, StatementDirectory>;
  /** By the id of their principal: changes in one directory take turns. */
  readonly own: Map<string, StatementDirectory>;
  readonly texts: KeptTexts;
}

/** This server's: one for all routes, which the bundler may give modules of their own. */
function kept(): Kept {
  const global = globalThis as { [KEY]?: Kept };
  global[KEY] ??= {
    shared: new Map(),
    own: new Map(),
    texts: new KeptTexts(inDataFolder('texts')),
  };
  return global[KEY];
}

/** The saved statements that a principal sees. */
export function savedStatements({ id, asker }: Principal): SeenStatements {
  const path = readStatementsDirectory();
  const shared = directoryAt(kept().shared, path, path);
  return new SeenStatements(shared, asker === undefined ? null : ownOf(id));
}

/** They never lie among the shared ones, which a team may keep in git. */
function ownOf(id: string): StatementDirectory {
  return directoryAt(kept().own, id, inDataFolder('private-statements', id));
}

function directoryAt(known: Map<string, StatementDirectory>, key: string, path: string): StatementDirectory {
  const directory = known.get(key) ?? new StatementDirectory(path, limits().statementCharacters);
  known.set(key, directory);
  return directory;
}

function inDataFolder(...names: string[]): string {
  return resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, ...names));
}

export const keptTexts = (): KeptTexts => kept().texts;
