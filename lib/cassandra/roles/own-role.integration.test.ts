import { describe, expect, it } from 'vitest';
import type { Failure } from '@/lib/failure';
import { testBed } from '../test-support';
import { readOwnRole } from './own-role';

/** The tests' ring checks no logins; one that does is in app/api/own-roles.faults.test.ts. */

const { cluster } = testBed([]);

describe('a cluster that checks no passwords', () => {
  it('signs nobody in, although it takes any name and password', async () => {
    const { error } = await readOwnRole(cluster, 'anybody', 'anything').then(
      () => ({ error: null }),
      (failure: Failure) => failure,
    );
    expect(error).toMatchObject({ code: 'invalid_request' });
    expect(error?.message).toContain('checks no passwords');
  });
});
