import 'server-only';
import type { LoadGiven } from './decide';
import { failedFormat } from './failed-files';
import { loadJobRequestSchema } from './job-request';

/**
 * How the failed records of a load are loaded again: as that load read and wrote them. They are kept as they came, in UTF-8.
 * @param request of the load's job
 */
export function againOf(request: unknown): Required<Omit<LoadGiven, 'isExport'>> {
  const { source, bind, options } = loadJobRequestSchema.parse(request);
  const { csv, limits } = source;
  const format = failedFormat(source);
  const text = format === 'csv' ? { csv: { ...csv, encoding: 'utf-8' as const } } : {};
  return { source: { format, compression: 'none', limits, ...text }, bind, options };
}
