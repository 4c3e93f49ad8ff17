import { describe, expect, it } from 'vitest';
import { type ReadinessFacts, readinessOf } from './readiness';

const GOOD: ReadinessFacts = {
  isDataWritable: true,
  areJobsFound: true,
  isStopping: false,
  clusters: { configured: 2, connected: 2 },
};

describe('readiness', () => {
  it('does not depend on clusters, and says how many are connected', () => {
    const clusters = { configured: 2, connected: 0 };
    expect(readinessOf({ ...GOOD, clusters })).toEqual({ status: 'ready', reasons: [], clusters });
  });

  it.each([
    [{ isDataWritable: false }, 'The data folder cannot be written to.'],
    [{ isDataWritable: null }, 'The data folder does not answer.'],
    [{ areJobsFound: false }, 'The jobs of the last run are still being read.'],
    [{ isStopping: true }, 'Ringside is stopping.'],
  ])('names what is missing: %o', (fact, reason) => {
    expect(readinessOf({ ...GOOD, ...fact })).toMatchObject({ status: 'not ready', reasons: [reason] });
  });
});
