import type { Job } from './jobs';

/**
 * Rows that a job was to write and did not, may not have, or did not find afterwards as it wrote them. A job that is complete
 * with such rows has met every row, and not all of them are in the table.
 */
export function failedRowsOf({ load, copied }: Pick<Job, 'load' | 'copied'>): number {
  return (load === undefined ? 0 : loadFailures(load)) + (copied === undefined ? 0 : copyFailures(copied));
}

function loadFailures({ bad, refused, unknown, verified }: NonNullable<Job['load']>): number {
  return bad + refused + unknown + (verified === null ? 0 : verified.different + verified.missing);
}

function copyFailures({ refused, unknown, readBack, compared }: NonNullable<Job['copied']>): number {
  const notFound =
    compared !== null
      ? compared.missing + compared.different
      : readBack === null || readBack.lacking === 0
        ? 0
        : Math.max(readBack.lacking, readBack.written - readBack.found);
  return refused + unknown + notFound;
}
