import { beforeEach, describe, expect, it } from 'vitest';
import { clusterConfigSchema } from '@/lib/contract/configuration';
import { Failure } from '../../failure';
import { Cluster } from './cluster';
import { RoleClusters } from './role-clusters';

/** Nothing connects here: connections open with the first client. */

const MINUTE_MS = 60_000;
const SHARED = new Cluster(clusterConfigSchema.parse({ name: 'shop', contactPoints: ['127.0.0.1'] }));
const [ADA, BEN, CARA] = ['role-ada', 'role-ben', 'role-cara'].map((id) => ({ id })) as [
  { id: string },
  { id: string },
  { id: string },
];
const login = (role: string, password = 'phrase') => ({ cluster: 'shop', role, password });

let nowMs = 0;
let clusters: RoleClusters;

beforeEach(() => {
  nowMs = 0;
  clusters = new RoleClusters({ most: 2, idleMs: 10 * MINUTE_MS }, () => nowMs);
  for (const [person, role] of [
    [ADA, 'ada'],
    [BEN, 'ben'],
    [CARA, 'cara'],
  ] as const)
    clusters.keep(person, login(role));
});

/** The error of what fails; null if it does not. */
function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof Failure ? error.error.code : 'another';
  }
}

/** Whether its connections were closed for good. */
const isClosed = async (cluster: Cluster) =>
  (await cluster.client().catch((error: unknown) => error)) instanceof Failure &&
  (await cluster.client().catch(({ error }: Failure) => error.code)) === 'cluster_changed';

describe('connections of people', () => {
  it('are one person’s own, with their name and password, and share only the turns of reads', () => {
    const [ada, ben] = [clusters.of(ADA, SHARED), clusters.of(BEN, SHARED)];
    expect(clusters.of(ADA, SHARED)).toBe(ada);
    expect(ada.sharesConnectionsWith(ben)).toBe(false);
    expect(ada.sharesConnectionsWith(SHARED)).toBe(false);
    expect([ada.role, ada.config.username, ada.config.password]).toEqual(['ada', 'ada', 'phrase']);
    expect([SHARED.role, SHARED.config.username]).toEqual([null, undefined]);
  });

  it('are none for who has not signed in', () => {
    expect(codeOf(() => clusters.of({ id: 'role-dora' }, SHARED))).toBe('sign_in_needed');
    clusters.forget(ADA);
    expect(codeOf(() => clusters.of(ADA, SHARED))).toBe('sign_in_needed');
  });

  it('are so many at once: for one more the oldest idle ones are closed, and none in use', async () => {
    const ada = clusters.of(ADA, SHARED);
    nowMs = 1;
    const ben = clusters.of(BEN, SHARED);
    nowMs = 2;
    clusters.of(ADA, SHARED);
    clusters.of(CARA, SHARED);
    expect(clusters.openCount()).toBe(2);
    expect(await isClosed(ben)).toBe(true);
    const leave = [ada.enter(), clusters.of(CARA, SHARED).enter()];
    expect(codeOf(() => clusters.of(BEN, SHARED))).toBe('overloaded');
    leave[0]?.();
    expect(codeOf(() => clusters.of(BEN, SHARED))).toBeNull();
    expect(await isClosed(ada)).toBe(true);
  });

  it('are closed when nobody has used them for a while, and open again with the same password', async () => {
    const [ada, ben] = [clusters.of(ADA, SHARED), clusters.of(BEN, SHARED)];
    const leave = ada.enter();
    nowMs = 10 * MINUTE_MS;
    clusters.closeIdle();
    expect(clusters.openCount()).toBe(1);
    expect(await isClosed(ben)).toBe(true);
    expect(clusters.of(BEN, SHARED).role).toBe('ben');
    leave();
  });

  it('of an older password go on for what uses them, and are used by nothing new', async () => {
    const ada = clusters.of(ADA, SHARED);
    const leave = ada.enter();
    clusters.keep(ADA, login('ada', 'another'));
    expect(clusters.of(ADA, SHARED).config.password).toBe('another');
    expect(ada.isIdle).toBe(false);
    leave();
    expect(await isClosed(ada)).toBe(true);
  });

  it('are made from the configuration of now', async () => {
    const before = clusters.of(ADA, SHARED);
    const now = new Cluster({ ...SHARED.config, label: 'Shop' });
    expect(clusters.of(ADA, now).config.label).toBe('Shop');
    expect(await isClosed(before)).toBe(true);
  });

  it('are closed for who may no longer log in, whatever uses them', async () => {
    const ada = clusters.of(ADA, SHARED);
    const leave = ada.enter();
    expect(clusters.isBusy(ADA)).toBe(true);
    await clusters.cutOff(ADA);
    expect(clusters.loginOf(ADA)).toBeNull();
    leave();
    expect(await isClosed(ada)).toBe(true);
  });
});
