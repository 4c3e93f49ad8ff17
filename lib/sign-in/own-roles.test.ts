import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { RoleClusters } from '@/lib/cassandra/client/role-clusters';
import type { OwnRole } from '@/lib/cassandra/roles/own-role';
import type { Asker } from '@/lib/contract/asker';
import { clusterConfigSchema } from '@/lib/contract/configuration';
import type { ErrorCode } from '@/lib/contract/errors';
import { Failure } from '@/lib/failure';
import { NO_REACH, reaches } from '@/lib/rights/reach';
import { OwnRoles } from './own-roles';
import { type Person, principalOfPerson } from './person';

/** Who is asked, when, and what becomes of the answer; what a real node answers is in app/api/own-roles.faults.test.ts. */

const MINUTE_MS = 60_000;
const ORDERS = { keyspace: 'shop', table: 'orders' };
const SHARED = new Cluster(clusterConfigSchema.parse({ name: 'prod', contactPoints: ['127.0.0.1'] }));
const login = (password = 'phrase') => ({ cluster: 'prod', role: 'ada', password });
const ROLE: OwnRole = {
  roles: ['ada', 'staff'],
  held: [{ role: 'staff', permission: 'SELECT', resource: '<table shop.orders>' }],
};

let nowMs: number;
let open: Set<string>;
let lost: string[];
let answer: (password: string) => OwnRole | ErrorCode;
let asked: number;
let clusters: RoleClusters;
let roles: OwnRoles;
const follower = { back: vi.fn(), lost: vi.fn(() => Promise.resolve()) };

beforeEach(() => {
  [nowMs, open, lost, answer, asked] = [0, new Set(), [], () => ROLE, 0];
  clusters = new RoleClusters({ most: 5, idleMs: 60 * MINUTE_MS }, () => nowMs);
  vi.clearAllMocks();
  roles = new OwnRoles({
    config: { clusters: ['prod'], checkMinutes: 5 },
    sessions: {
      of: () => [...open].map((shownId) => session(shownId)),
      loseShown: (shownId) => {
        open.delete(shownId);
        lost.push(shownId);
        return Promise.resolve();
      },
    },
    clusters,
    ask: ({ password }) => {
      asked++;
      const said = answer(password);
      return typeof said === 'string'
        ? Promise.reject(new Failure({ code: said, message: said, retryable: false }))
        : Promise.resolve(said);
    },
    now: () => nowMs,
  });
  roles.followedBy(follower);
});

const PERSON: Person = { name: 'ada', way: 'cassandra', groups: ['ada', 'staff'], provider: 'prod', subject: 'ada' };
const ASKER = { name: 'ada', way: 'cassandra', groups: [], cluster: 'prod' } as const;
const session = (shownId: string) => ({
  ...{ shownId, person: PERSON, startedMs: 0, usedMs: 0, endsMs: 0, address: '', agent: '' },
});

async function signIn(shownId: string, password = 'phrase'): Promise<void> {
  const person = await roles.personOf(login(password));
  expect(person).toEqual(PERSON);
  open.add(shownId);
  roles.keep(shownId, person, login(password));
}

const seesOrders = (asker: Asker) => reaches(roles.reachOf(asker) ?? NO_REACH, ORDERS);
const lookAt = (ms: number) => {
  nowMs = ms;
  return roles.look();
};
const codeOf = (run: Promise<unknown>) => run.catch(({ error }: Failure) => error.code);

describe('who signs in as a Cassandra role', () => {
  it('has the groups of the role, sees what it has a permission on, and is back', async () => {
    await signIn('one');
    expect(roles.knows(session('one'))).toBe(true);
    expect(seesOrders(ASKER)).toBe(true);
    expect(seesOrders({ ...ASKER, cluster: 'other' })).toBe(false);
    expect(follower.back).toHaveBeenCalledWith(principalOfPerson(PERSON));
    expect(clusters.of(principalOfPerson(PERSON), SHARED).role).toBe('ada');
  });

  it('is refused without a question where the cluster signs nobody in, or a name would be read otherwise', async () => {
    expect(await codeOf(roles.personOf({ ...login(), cluster: 'other' }))).toBe('sign_in_needed');
    expect(await codeOf(roles.personOf({ ...login(), role: 'x\0ada' }))).toBe('sign_in_needed');
    expect(asked).toBe(0);
  });

  it('is asked about every five minutes, and has the rights of then', async () => {
    await signIn('one');
    answer = () => ({ roles: ['ada'], held: [] });
    await lookAt(5 * MINUTE_MS - 1);
    expect(asked).toBe(1);
    await lookAt(5 * MINUTE_MS);
    expect(asked).toBe(2);
    expect(roles.personNow(session('one')).groups).toEqual(['ada']);
    expect(seesOrders(ASKER)).toBe(false);
  });

  it('is out when Cassandra refuses, and what runs is stopped first', async () => {
    await signIn('one');
    answer = () => 'sign_in_needed';
    await lookAt(5 * MINUTE_MS);
    expect(lost).toEqual(['one']);
    expect(follower.lost).toHaveBeenCalledOnce();
    expect(roles.knows(session('one'))).toBe(false);
    expect(clusters.loginOf(principalOfPerson(PERSON))).toBeNull();
    expect(seesOrders(ASKER)).toBe(false);
  });

  it('goes on while no node can say, but not for longer than it would be without a question', async () => {
    await signIn('one');
    answer = () => 'cluster_unreachable';
    await lookAt(5 * MINUTE_MS);
    await lookAt(10 * MINUTE_MS - 1);
    expect(lost).toEqual([]);
    await lookAt(10 * MINUTE_MS);
    expect(lost).toEqual(['one']);
  });

  it('with two passwords keeps the session of the one that is right', async () => {
    await signIn('old');
    await signIn('new', 'another');
    answer = (password) => (password === 'another' ? ROLE : 'sign_in_needed');
    await lookAt(5 * MINUTE_MS);
    expect(lost).toEqual(['old']);
    expect(follower.lost).not.toHaveBeenCalled();
    expect(clusters.loginOf(principalOfPerson(PERSON))?.password).toBe('another');
  });

  it('is forgotten when the session has ended, once nothing of theirs runs', async () => {
    await signIn('one');
    const leave = clusters.of(principalOfPerson(PERSON), SHARED).enter();
    open.clear();
    await lookAt(1);
    expect(clusters.loginOf(principalOfPerson(PERSON))).not.toBeNull();
    leave();
    roles.dropEnded();
    expect(clusters.loginOf(principalOfPerson(PERSON))).toBeNull();
    expect(lost).toEqual([]);
  });
});
