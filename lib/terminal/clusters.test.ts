import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseCluster } from './clusters';

const folder = mkdtempSync(join(tmpdir(), 'ringside-terminal-'));
afterAll(() => rmSync(folder, { recursive: true }));

const two = JSON.stringify([
  { name: 'near', contactPoints: ['10.0.0.1'], tls: { ca: 'near.pem' }, consistency: 'QUORUM' },
  { name: 'far', contactPoints: ['10.0.1.1'], username: 'reader', password: 'secret' },
]);
const one = JSON.stringify([{ name: 'only', contactPoints: ['10.0.0.9'] }]);
const ROLE = { name: 'all', subjects: [{ everybody: true }], as: 'admin' };
/** No clusters, and no configuration file either. */
const none = { RINGSIDE_CLUSTERS: '[]' };

describe('the cluster of a command', () => {
  it('is this machine’s own by default', () => {
    expect(chooseCluster({}, none)).toMatchObject({ contactPoints: ['127.0.0.1'], port: 9042 });
    expect(chooseCluster({ port: 9142 }, none)).toMatchObject({ contactPoints: ['127.0.0.1'], port: 9142 });
  });

  it('is read-only but for a command that writes, and a configured one stays what it is', () => {
    expect(chooseCluster({ contactPoints: 'a' }, none)).toMatchObject({ writes: false });
    expect(chooseCluster({ contactPoints: 'a' }, none, true)).toMatchObject({ writes: true });
    expect(chooseCluster({}, { RINGSIDE_CLUSTERS: one }, true)).toMatchObject({ writes: false });
  });

  it('is not written to where it wants a second person, and can be read', () => {
    const cluster = { name: 'held', contactPoints: ['10.0.0.9'], writes: true, approval: {} };
    const configuration = { signIn: { origin: 'http://localhost', local: {} }, roles: [ROLE], clusters: [cluster] };
    const held = { RINGSIDE_CLUSTERS: JSON.stringify(configuration) };
    expect(() => chooseCluster({}, held, true)).toThrow(/held wants a second person/);
    expect(() => chooseCluster({ cluster: 'held' }, held, true)).toThrow(/held wants a second person/);
    expect(chooseCluster({}, held)).toMatchObject({ name: 'held' });
  });

  it('is the one configured, or one of several by its name', () => {
    expect(chooseCluster({}, { RINGSIDE_CLUSTERS: one })).toMatchObject({ name: 'only' });
    const far = chooseCluster({ cluster: 'far', localDatacenter: 'dc2' }, { RINGSIDE_CLUSTERS: two });
    expect(far).toMatchObject({ name: 'far', username: 'reader', password: 'secret', localDatacenter: 'dc2' });
    expect(() => chooseCluster({}, { RINGSIDE_CLUSTERS: two })).toThrow(/--cluster.*near, far/);
    expect(() => chooseCluster({ cluster: 'nowhere' }, { RINGSIDE_CLUSTERS: two })).toThrow(/nowhere.*near, far/);
  });

  it('comes from the options', () => {
    const given = { contactPoints: 'a, b:9043', port: 9142, user: 'me' };
    expect(chooseCluster(given, { RINGSIDE_PASSWORD: 'p' })).toMatchObject({
      contactPoints: ['a', 'b:9043'],
      port: 9142,
      username: 'me',
      password: 'p',
    });
    const file = join(folder, 'password');
    writeFileSync(file, 'from a file\n');
    expect(chooseCluster({ ...given, passwordFile: file }, none)).toMatchObject({ password: 'from a file' });
    expect(() => chooseCluster(given, none)).toThrow('RINGSIDE_PASSWORD');
    expect(() => chooseCluster({ ...given, cluster: 'near' }, { RINGSIDE_CLUSTERS: two })).toThrow('--contact-points');
  });

  it('uses the TLS options given and keeps the configured others', () => {
    expect(chooseCluster({ tls: true }, none).tls).toEqual({ verify: true });
    expect(chooseCluster({ tlsCa: 'ca.pem', tlsNoVerify: true }, none).tls).toEqual({ ca: 'ca.pem', verify: false });
    const near = chooseCluster({ cluster: 'near', tlsServerName: 'node' }, { RINGSIDE_CLUSTERS: two });
    expect(near.tls).toEqual({ ca: 'near.pem', serverName: 'node', verify: true });
  });

  it('comes from a cqlshrc', () => {
    const path = join(folder, 'cqlshrc');
    writeFileSync(
      path,
      '[connection]\nhostname = db.example\nport = 9999\n[authentication]\nusername = u\npassword = p\n',
    );
    const expected = { contactPoints: ['db.example'], port: 9999, username: 'u', password: 'p' };
    expect(chooseCluster({ cqlshrc: path }, none)).toMatchObject(expected);
    expect(() => chooseCluster({ cqlshrc: join(folder, 'gone') }, none)).toThrow('--cqlshrc');
  });
});
