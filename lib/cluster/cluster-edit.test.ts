import { describe, expect, it } from 'vitest';
import { clusterConfigSchema } from '@/lib/contract/configuration';
import type { ClusterEdit } from '@/lib/contract/configured';
import { editOf, editRefusal, writtenOf } from './cluster-edit';
import type { WrittenCluster } from './configuration-text';

/** A cluster as the file has it, and as the page sees it. */
function seen(more: WrittenCluster = {}) {
  const written: WrittenCluster = { name: 'a', contactPoints: ['10.0.0.1'], ...more };
  const config = clusterConfigSchema.parse(written);
  return { written, config, edit: editOf(config) };
}
const EVERY_KEY: WrittenCluster = {
  label: 'A',
  colour: '#c62828',
  port: 9142,
  localDatacenter: 'dc1',
  username: { env: 'U' },
  password: { file: '/run/secrets/p' },
  tls: { ca: 'ca.pem', cert: 'c.pem', key: 'k.pem', serverName: 'db', verify: false },
  addressMap: { '10.0.0.1': '127.0.0.1:9142' },
  tunnel: { host: 'bastion.example.com', user: 'ringside', port: 2222 },
  consistency: 'LOCAL_QUORUM',
  pageRows: 50,
  reads: { bytes: 2 ** 21, pages: 4 },
  writes: true,
  maxFrameMb: 64,
  metrics: 'http://{host}:7070/',
  disabled: true,
};

describe('a cluster that is edited', () => {
  it.each<[string, WrittenCluster]>([
    ['of few keys', {}],
    ['of every key', EVERY_KEY],
    ['with a literal login', { username: 'u', password: 'secret' }],
    ['with a listed login', { username: { secret: 'u' }, password: { secret: 'p' } }],
    ['with TLS', { tls: true }],
    ['without TLS, written down', { tls: false, writes: false, port: 9042 }],
  ])('%s is written as it was when nothing is changed', (_, more) => {
    const { written, edit } = seen(more);
    expect(writtenOf(edit, written)).toEqual(written);
  });

  it('never shows a secret or where it is', () => {
    for (const more of [EVERY_KEY, { password: 'hunter2', username: { file: '/etc/user' } }]) {
      expect(JSON.stringify(seen(more).edit)).not.toMatch(/hunter2|secrets|\/etc|"U"|pem/);
    }
  });

  it.each<[Partial<ClusterEdit>, WrittenCluster, WrittenCluster]>([
    [{ label: 'B', writes: true }, {}, { label: 'B', writes: true }],
    [{ label: undefined }, { label: 'A' }, {}],
    [{ password: 'none' }, { password: 'x' }, {}],
    [{ password: { secret: 'p' } }, { password: 'x' }, { password: { secret: 'p' } }],
    [{ username: { text: 'u' } }, {}, { username: 'u' }],
    [{ tls: { verify: true } }, {}, { tls: true }],
    [{ tls: null }, { tls: { ca: 'ca.pem' } }, {}],
    [
      { tls: { verify: true, serverName: 'db' } },
      { tls: { ca: 'ca.pem' } },
      { tls: { ca: 'ca.pem', serverName: 'db' } },
    ],
    [{ tls: { verify: true } }, { tls: { ca: 'ca.pem', verify: false } }, { tls: { ca: 'ca.pem' } }],
    [{ disabled: true }, {}, { disabled: true }],
    [{ disabled: false }, { disabled: true }, { disabled: false }],
  ])('%j of %j is written as %j', (change, before, after) => {
    const { written, edit } = seen(before);
    expect(writtenOf({ ...edit, ...change }, written)).toEqual({ name: 'a', contactPoints: ['10.0.0.1'], ...after });
  });
});

describe('a login that the page cannot see', () => {
  const SECRET: WrittenCluster = { password: { env: 'P' }, tls: { serverName: 'db', verify: true } };
  const refusal = (change: Partial<ClusterEdit>, before: WrittenCluster = SECRET) => {
    const { config, edit } = seen(before);
    return editRefusal({ ...edit, ...change }, config);
  };

  it.each<Partial<ClusterEdit>>([
    { contactPoints: ['10.6.6.6'] },
    { contactPoints: ['10.0.0.1', '10.6.6.6'] },
    { port: 9043 },
    { tls: null },
    { tls: { verify: false, serverName: 'db' } },
    { tls: { verify: true, serverName: 'other' } },
  ])('is not sent elsewhere or less safely: %j', (change) => {
    expect(refusal(change)).toContain('choose one from the list');
    expect(refusal(change, { ...SECRET, password: 'literal' })).toContain('choose one from the list');
    expect(refusal(change, { ...SECRET, password: 'none', username: { file: '/u' } })).toContain(
      'choose one from the list',
    );
  });

  it.each<Partial<ClusterEdit>>([
    { label: 'B' },
    { writes: true },
    { disabled: true },
    { localDatacenter: 'dc2' },
    { contactPoints: ['10.6.6.6'], password: 'none' },
    { contactPoints: ['10.6.6.6'], password: { secret: 'p' } },
  ])('does not hinder what leaves it where it is: %j', (change) => {
    expect(refusal(change)).toBeNull();
  });

  it('is not there to be kept by a new cluster, and names are not taken twice', () => {
    const { edit, config } = seen(SECRET);
    expect(editRefusal({ ...edit, isNew: true }, undefined)).toContain('no login to keep');
    expect(editRefusal({ ...edit, isNew: true }, config)).toContain('already');
    expect(editRefusal(edit, undefined)).toContain('No cluster named');
  });
});
