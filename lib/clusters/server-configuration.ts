import 'server-only';
import { configurationAudited } from '@/lib/audit/follow';
import { serverAudit } from '@/lib/audit/server-audit';
import {
  configurationSource,
  holdConfiguration,
  parseConfiguration,
  readClusters,
  readConfigurationFile,
} from '@/lib/config';
import { readEnvironment } from '@/lib/env';
import { serverJobs } from '@/lib/server-jobs';
import { LiveConfiguration } from './live-configuration';
import { takeConfiguration } from './take';

const KEY = Symbol.for('ringside.live-configuration');

/**
 * The configuration of this server; the same for every instance of this module.
 * @throws ConfigurationError at its first use, when it is not valid
 */
export function serverConfiguration(): LiveConfiguration {
  const global = globalThis as { [KEY]?: LiveConfiguration };
  global[KEY] ??= begin();
  return global[KEY];
}

function begin(): LiveConfiguration {
  const source = configurationSource(readEnvironment());
  const text = source.from === 'file' ? readConfigurationFile(source.path) : null;
  // What later reads see is the text that was found valid here, whatever becomes of the file.
  if (source.from === 'file' && text !== null) holdConfiguration(parseConfiguration(source.path, text));
  else readClusters();
  return new LiveConfiguration(source, text, {
    take: (configuration) => takeConfiguration(configuration, serverJobs()),
    log: (line) => console.log(line),
    found: (file) => configurationAudited(serverAudit(), file),
  });
}
