import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { failureOf } from '@/lib/cassandra/test-support';
import { editOf } from '@/lib/cluster/cluster-edit';
import type { Configuration } from '@/lib/config';
import { clusterConfigSchema } from '@/lib/contract/configuration';
import type { ClusterEdit } from '@/lib/contract/configured';
import { planEdit, saveEdit, testEdit, viewOf } from './edit';
import { LiveConfiguration } from './live-configuration';

const base = await mkdtemp(join(tmpdir(), 'ringside-edit-'));
afterAll(() => rm(base, { recursive: true }));

const SECRETS = { prod: { env: 'PROD_PASSWORD', contactPoints: ['10.0.0.1', '127.0.0.1:1'] } };
const FILE = JSON.stringify({ clusters: [{ name: 'a', contactPoints: ['10.0.0.1'] }], secrets: SECRETS }, null, 2);

/** A configuration in a folder of its own, and what was taken from it. */
async function configured(text: string | null = FILE) {
  const path = join(await mkdtemp(join(base, 'folder-')), 'ringside.config.json');
  if (text !== null) await writeFile(path, text, { mode: 0o600 });
  const taken: Configuration[] = [];
  const take = async (configuration: Configuration) => {
    taken.push(configuration);
    return [];
  };
  const source = { from: text === null ? 'none' : 'file', path } as const;
  return { path, taken, live: new LiveConfiguration(source, text, { take, log: () => undefined }) };
}
const edit = (more: Partial<ClusterEdit> = {}): ClusterEdit => ({
  ...editOf(clusterConfigSchema.parse({ name: 'b', contactPoints: ['10.0.0.1'] })),
  isNew: true,
  ...more,
});

describe('an edit of the configuration', () => {
  it('is shown to the letter, then written and used', async () => {
    const { path, live, taken } = await configured();
    const { plan } = planEdit(live, edit({ password: { secret: 'prod' } }));
    expect(plan).toMatchObject({ path, before: null, changes: [{ name: 'b', what: 'added' }] });
    expect(await readFile(path, 'utf8')).toBe(FILE);
    await saveEdit(live, edit({ password: { secret: 'prod' } }), plan.revision);
    const text = await readFile(path, 'utf8');
    expect(text.replace(`,\n    ${plan.after}`, '')).toBe(FILE);
    expect(taken.map(({ clusters }) => clusters.map(({ name }) => name))).toEqual([['a', 'b']]);
    expect((await viewOf(live)).clusters.map(({ name, password }) => [name, password])).toEqual([
      ['a', 'none'],
      ['b', { secret: 'prod' }],
    ]);
  });

  it.each([0o600, 0o640])('keeps the permissions %o of the file, and leaves no other file', async (mode) => {
    const { path, live } = await configured();
    await chmod(path, mode);
    await saveEdit(live, edit(), planEdit(live, edit()).plan.revision);
    expect((await stat(path)).mode & 0o777).toBe(mode);
    expect(await readdir(join(path, '..'))).toEqual(['ringside.config.json']);
  });

  it('creates a file that only its owner reads where there is none', async () => {
    const { path, live } = await configured(null);
    expect(await viewOf(live)).toMatchObject({ from: 'none', path, fixed: null, clusters: [] });
    await saveEdit(live, edit(), planEdit(live, edit()).plan.revision);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      clusters: [{ name: 'b', contactPoints: ['10.0.0.1'] }],
    });
  });

  it('goes into the file that a link leads to', async () => {
    const { path, live } = await configured();
    const real = join(path, '..', 'kept', 'real.json');
    await mkdir(join(path, '..', 'kept'));
    await writeFile(real, FILE);
    await rm(path);
    await symlink(real, path);
    await saveEdit(live, edit(), planEdit(live, edit()).plan.revision);
    expect(await readFile(real, 'utf8')).toContain('"b"');
  });

  it('never shows a password that stands in the file, and keeps it', async () => {
    const kept = { name: 'a', contactPoints: ['10.0.0.1'], username: 'u', password: 'hunter"2' };
    const { path, live } = await configured(JSON.stringify({ clusters: [kept] }));
    const changed: ClusterEdit = { ...editOf(clusterConfigSchema.parse(kept)), label: 'A' };
    const { plan } = planEdit(live, changed);
    expect(JSON.stringify([plan, await viewOf(live)])).not.toContain('hunter');
    expect(plan.after).toContain('(not shown)');
    await saveEdit(live, changed, plan.revision);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ clusters: [{ ...kept, label: 'A' }] });
  });

  it('is not written over a change that the person has not seen', async () => {
    const { path, live, taken } = await configured();
    const { revision } = planEdit(live, edit()).plan;
    await writeFile(path, FILE.replace('"a"', '"other"'));
    expect(await failureOf(saveEdit(live, edit(), revision))).toMatchObject({ code: 'version_conflict' });
    expect([await readFile(path, 'utf8'), taken]).toEqual([FILE.replace('"a"', '"other"'), []]);
  });

  it.each<[string, Partial<ClusterEdit>, RegExp]>([
    ['an invalid port', { port: 0 }, /clusters\[1\]\.port: /],
    ['a name that fits into no URL', { name: 'A b' }, /clusters\[1\]\.name: /],
    ['a taken name', { name: 'a' }, /already a cluster named “a”/],
    ['a secret that is not listed', { password: { secret: 'other' } }, /clusters\[1\]\.password: there is no secret/],
    [
      'a secret for another address',
      { contactPoints: ['10.0.0.2'], password: { secret: 'prod' } },
      /does not list 10\.0\.0\.2:9042/,
    ],
  ])('with %s is refused, naming the key, and changes nothing', async (_, more, message) => {
    const { path, live } = await configured();
    const failure = await failureOf((async () => planEdit(live, edit(more)))());
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toMatch(message);
    expect(await readFile(path, 'utf8')).toBe(FILE);
  });

  it('is refused while the file is not valid, or the clusters come from the environment', async () => {
    const { path, live } = await configured();
    await writeFile(path, '{');
    expect((await failureOf((async () => planEdit(live, edit()))())).message).toContain('not valid');
    vi.stubEnv('RINGSIDE_CLUSTERS', '[]');
    const variable = new LiveConfiguration({ from: 'RINGSIDE_CLUSTERS' }, null, {
      take: async () => [],
      log: () => undefined,
    });
    expect((await failureOf((async () => planEdit(variable, edit()))())).message).toContain('RINGSIDE_CLUSTERS');
    expect(await viewOf(variable)).toMatchObject({ path: null, fixed: expect.stringContaining('RINGSIDE_CLUSTERS') });
    vi.unstubAllEnvs();
  });

  it('is tested with the secret that it would have, which must be there', async () => {
    const { live } = await configured();
    const asked = edit({
      contactPoints: ['127.0.0.1'],
      port: 1,
      password: { secret: 'prod' },
      username: { text: 'u' },
    });
    const failure = await failureOf(testEdit(live, asked, new AbortController().signal));
    expect(failure.message + (failure.detail ?? '')).toContain('PROD_PASSWORD');
  });
});
