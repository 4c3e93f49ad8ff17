import 'server-only';
import { join, resolve } from 'node:path';
import { readEnvironment } from '@/lib/env';
import { HistoryLog } from './history-log';

const KEY = Symbol.for('ringside.history');

/** This server's history: one for all routes, which the bundler may give modules of their own. */
export function history(): HistoryLog {
  const global = globalThis as { [KEY]?: HistoryLog };
  global[KEY] ??= new HistoryLog(
    resolve(/* turbopackIgnore: true */ join(readEnvironment().RINGSIDE_DATA_DIR, 'history')),
  );
  return global[KEY];
}
