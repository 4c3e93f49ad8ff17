import { describe, expect, it } from 'vitest';
import type { Role } from '@/lib/contract/roles';
import { draftOf, draftWarnings, nameProblem, roleStatement } from './role-draft';

const ADA: Role = {
  ...{ name: 'ada', canLogin: true, isSuperuser: false, memberOf: [], datacenters: 'dc1, dc2' },
  ...{ cidrGroups: null, options: {} },
};

describe('a role as it is filled in', () => {
  it('makes a statement for a new one, once it has a name', () => {
    const draft = draftOf(null);
    expect(roleStatement(draft, null)).toBeNull();
    expect(roleStatement({ ...draft, name: 'bo' }, null)).toBe(
      'CREATE ROLE bo WITH LOGIN = true AND SUPERUSER = false',
    );
    expect(roleStatement({ ...draft, name: 'bo', password: 'p', datacenters: ' dc1 ,' }, null)).toBe(
      "CREATE ROLE bo WITH PASSWORD = 'p' AND LOGIN = true AND SUPERUSER = false AND ACCESS TO DATACENTERS {'dc1'}",
    );
  });

  it('changes only what differs', () => {
    const draft = draftOf(ADA);
    expect(roleStatement(draft, ADA)).toBeNull();
    expect(roleStatement({ ...draft, datacenters: 'dc1,dc2' }, ADA)).toBeNull();
    expect(roleStatement({ ...draft, login: false }, ADA)).toBe('ALTER ROLE ada WITH LOGIN = false');
    expect(roleStatement({ ...draft, datacenters: '', password: 'n' }, ADA)).toBe(
      "ALTER ROLE ada WITH PASSWORD = 'n' AND ACCESS TO ALL DATACENTERS",
    );
  });

  it('has no name that is taken, nor one that Cassandra 5.0 stumbles over', () => {
    expect(nameProblem('ada', [ADA], '5.0.9')).toBe('There is a role ada already.');
    expect(nameProblem("o'neil", [ADA], '5.0.9')).toContain('single quote');
    expect(nameProblem("o'neil", [ADA], '4.1.10')).toBeNull();
    expect(nameProblem('bo', [ADA], '5.0.9')).toBeNull();
  });

  it('warns of superusers, of no password, and of Ringside’s own role', () => {
    const draft = draftOf(ADA);
    expect(draftWarnings(draft, ADA, 'other')).toEqual([]);
    expect(draftWarnings({ ...draft, superuser: true }, ADA, null)).toHaveLength(1);
    expect(draftWarnings({ ...draft, password: 'p', login: false }, ADA, 'ada')).toHaveLength(2);
    expect(draftWarnings({ ...draftOf(null), name: 'bo' }, null, null)[0]).toContain('no password');
  });
});
