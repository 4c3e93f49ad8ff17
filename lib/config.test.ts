import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readClusters, readRoles, readStatementsDirectory, readWebhooks, resolveSecret } from './config';
import { ConfigurationError, readEnvironment } from './env';

let directory: string;
const fileOf = (text: string, name = 'clusters.json') => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
const clustersOf = (variables: Record<string, string>) => readClusters(readEnvironment(variables));
const inline = (value: unknown) => clustersOf({ RINGSIDE_CLUSTERS: JSON.stringify(value) });
const minimal = { name: 'one', contactPoints: ['10.0.0.1'] };

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-config-'));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('clusters come from', () => {
  it('RINGSIDE_CLUSTERS, before anything else', () => {
    const path = fileOf(JSON.stringify({ clusters: [{ ...minimal, name: 'of-the-file' }] }));
    const both = { RINGSIDE_CLUSTERS: JSON.stringify([minimal]), RINGSIDE_CONFIG: path, RINGSIDE_CONTACT_POINTS: 'x' };
    expect(clustersOf(both).map(({ name }) => name)).toEqual(['one']);
  });

  it('the file that RINGSIDE_CONFIG names, before contact points', () => {
    const path = fileOf(JSON.stringify({ clusters: [minimal, { ...minimal, name: 'two' }] }));
    const clusters = clustersOf({ RINGSIDE_CONFIG: path, RINGSIDE_CONTACT_POINTS: 'x' });
    expect(clusters.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('contact points and the variables next to them', () => {
    const none = join(directory, 'none');
    vi.spyOn(process, 'cwd').mockReturnValue(none);
    const [cluster] = clustersOf({
      RINGSIDE_CONTACT_POINTS: '10.0.0.1, 10.0.0.2',
      RINGSIDE_PORT: '9142',
      RINGSIDE_USERNAME: 'u',
      RINGSIDE_PASSWORD: 'p',
      RINGSIDE_TLS: 'true',
      RINGSIDE_LOCAL_DATACENTER: 'dc2',
      RINGSIDE_WRITES: 'true',
    });
    expect(cluster).toMatchObject({
      name: 'cassandra',
      contactPoints: ['10.0.0.1', '10.0.0.2'],
      port: 9142,
      username: 'u',
      password: 'p',
      tls: true,
      localDatacenter: 'dc2',
      writes: true,
    });
    expect(clustersOf({})).toEqual([]);
    vi.restoreAllMocks();
  });
});

describe('the folder of saved statements', () => {
  const folderOf = (variables: Record<string, string>) => readStatementsDirectory(readEnvironment(variables));

  it('is in the data directory, unless the configuration or, before that, a variable names another', () => {
    const RINGSIDE_DATA_DIR = '/data';
    const RINGSIDE_CLUSTERS = JSON.stringify({ clusters: [], statements: '/team/statements' });
    expect(folderOf({ RINGSIDE_DATA_DIR, RINGSIDE_CLUSTERS: '[]' })).toBe('/data/statements');
    expect(folderOf({ RINGSIDE_DATA_DIR, RINGSIDE_CLUSTERS })).toBe('/team/statements');
    expect(folderOf({ RINGSIDE_DATA_DIR, RINGSIDE_CLUSTERS, RINGSIDE_STATEMENTS_DIR: '/mine' })).toBe('/mine');
  });
});

describe('listed secrets', () => {
  const secrets = {
    prod: { env: 'PROD_PASSWORD', contactPoints: ['10.0.0.1', '10.0.0.2:9142', 'fd00::1', 'DB.example.com'] },
  };
  const withList = (cluster: object, list: object = secrets) =>
    clustersOf({
      RINGSIDE_CLUSTERS: JSON.stringify({
        clusters: [{ ...minimal, password: { secret: 'prod' }, ...cluster }],
        secrets: list,
      }),
    });

  it.each([
    [{ contactPoints: ['10.0.0.1'] }],
    [{ contactPoints: ['10.0.0.1:9042', '10.0.0.2:9142'] }],
    [{ contactPoints: ['10.0.0.2'], port: 9142 }],
    [{ contactPoints: ['fd00::1', '[FD00::1]:9042', 'db.example.com'] }],
  ])('are found by their name for their contact points: %j', (cluster) => {
    expect(withList(cluster)[0]?.password).toEqual({ env: 'PROD_PASSWORD' });
  });

  it.each<[object, RegExp]>([
    [
      { contactPoints: ['10.0.0.9'] },
      /clusters\[0\]\.password: secrets\.prod\.contactPoints does not list 10\.0\.0\.9:9042/,
    ],
    [{ contactPoints: ['10.0.0.1', '10.0.0.9'] }, /does not list 10\.0\.0\.9:9042/],
    [{ contactPoints: ['10.0.0.1'], port: 9043 }, /does not list 10\.0\.0\.1:9043/],
    [{ contactPoints: ['10.0.0.2'] }, /does not list 10\.0\.0\.2:9042/],
    [{ password: { secret: 'other' } }, /clusters\[0\]\.password: there is no secret “other” in secrets/],
    [{ password: { secret: 'constructor' } }, /there is no secret “constructor”/],
    [{ username: { secret: 'other' } }, /clusters\[0\]\.username: /],
    [{ password: { secret: '../x' } }, /clusters\[0\]\.password/],
  ])('are refused for others: %j', (cluster, message) => {
    expect(() => withList(cluster)).toThrow(message);
  });
});

describe('networks', () => {
  const networksOf = (networks: unknown) =>
    clustersOf({ RINGSIDE_CLUSTERS: JSON.stringify({ clusters: [minimal], networks }) });

  it('are those of every cluster', () => {
    const [cluster] = networksOf({ allow: ['10.0.0.0/8', 'fd00::/8', '192.168.0.1', '::1'] });
    expect(cluster?.networks).toEqual({ allow: ['10.0.0.0/8', 'fd00::/8', '192.168.0.1', '::1'], deny: [] });
  });

  it.each(['10.0.0.0/33', '::/129', ':::', '10.0.0.256', '10.0.0.0/8/8', '10.0.0.1/', 'example.com', '10.0.0', ''])(
    'that are %j are refused, naming the key',
    (network) => {
      expect(() => networksOf({ deny: [network] })).toThrow(/networks\.deny\[0\]: a network such as/);
    },
  );
});

describe('a cluster', () => {
  it('is read-only, at port 9042, with TLS verified, by default', () => {
    const [cluster] = inline([{ ...minimal, tls: { ca: 'ca.pem' } }]);
    expect(cluster).toMatchObject({
      port: 9042,
      writes: false,
      consistency: 'LOCAL_ONE',
      pageRows: 1_000,
      tls: { ca: 'ca.pem', verify: true },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['no contact point', { ...minimal, contactPoints: [] }, /clusters\[0\]\.contactPoints: name at least one node/],
    ['no name', { contactPoints: ['a'] }, /clusters\[0\]\.name: /],
    [
      'a name that does not fit into a URL',
      { ...minimal, name: 'A b' },
      /clusters\[0\]\.name: a cluster name has only lower-case/,
    ],
    ['the name of a page', { ...minimal, name: 'connect' }, /clusters\[0\]\.name: this name is used/],
    ['an invalid port', { ...minimal, port: 70_000 }, /clusters\[0\]\.port: /],
    ['an invalid consistency level', { ...minimal, consistency: 'MOST' }, /clusters\[0\]\.consistency: /],
    ['an invalid colour', { ...minimal, colour: 'red' }, /clusters\[0\]\.colour: a colour is #/],
    ['writes that are not true or false', { ...minimal, writes: 'true' }, /clusters\[0\]\.writes: /],
    ['a mistyped key', { ...minimal, readOnly: false }, /clusters\[0\]: .*readOnly/],
    ['an approval without a sign-in', { ...minimal, writes: true, approval: {} }, /clusters\[0\]\.approval: .*signIn/],
    ['an approval where nothing is written', { ...minimal, approval: {} }, /clusters\[0\]\.approval: .*writes: true/],
    [
      'an approval for what is not a change',
      { ...minimal, approval: { for: ['read'] } },
      /clusters\[0\]\.approval\.for/,
    ],
    [
      'an approval for nothing',
      { ...minimal, approval: { for: [] } },
      /clusters\[0\]\.approval\.for: name at least one/,
    ],
    ['a pass for two days', { ...minimal, approval: { passMinutes: 2_880 } }, /clusters\[0\]\.approval\.passMinutes/],
    ['a mistyped TLS key', { ...minimal, tls: { verfy: false } }, /clusters\[0\]\.tls/],
  ])('with %s is refused, naming its key', (_, cluster, message) => {
    expect(() => inline([cluster])).toThrow(ConfigurationError);
    expect(() => inline([cluster])).toThrow(message);
  });

  it('that is disabled is not there', () => {
    const two = [minimal, { ...minimal, name: 'two', disabled: true }];
    expect(inline(two).map(({ name }) => name)).toEqual(['one']);
  });

  it('with a taken name is refused', () => {
    expect(() => inline([minimal, minimal])).toThrow(/clusters: two clusters have the same name/);
  });

  it('that cannot be parsed says where and why', () => {
    expect(() => clustersOf({ RINGSIDE_CLUSTERS: '{' })).toThrow(/^RINGSIDE_CLUSTERS: not JSON: /);
    const path = fileOf('[1, 2');
    expect(() => clustersOf({ RINGSIDE_CONFIG: path })).toThrow(`${path}: not JSON: `);
    expect(() => clustersOf({ RINGSIDE_CONFIG: '/nowhere/x.json' })).toThrow(
      /the configuration file \/nowhere\/x\.json does not exist/,
    );
  });
});

describe('a secret', () => {
  it('is given literally', () => {
    expect(resolveSecret('one.password', 'plain')).toBe('plain');
    expect(resolveSecret('one.password', undefined)).toBeUndefined();
  });

  it('is in a variable', () => {
    vi.stubEnv('CASSANDRA_PASSWORD', 'from the variable');
    expect(resolveSecret('one.password', { env: 'CASSANDRA_PASSWORD' })).toBe('from the variable');
    expect(() => resolveSecret('one.password', { env: 'NOT_SET_ANYWHERE' })).toThrow(
      'one.password: the variable NOT_SET_ANYWHERE is not set',
    );
  });

  it('is in a file, without its final line end', () => {
    expect(resolveSecret('one.password', { file: fileOf('from the file\n', 'password') })).toBe('from the file');
    expect(() => resolveSecret('one.password', { file: '/nowhere/password' })).toThrow(
      'one.password: cannot read /nowhere/password',
    );
  });
});

describe('webhooks', () => {
  const webhooks = (ops: string) =>
    readWebhooks(
      readEnvironment({
        RINGSIDE_CONFIG: fileOf(JSON.stringify({ clusters: [minimal], webhooks: { ops } }), 'hooks.json'),
      }),
    );

  it.each([
    'https://example.com/hooks/T0KEN?x=1',
    'https://example.com',
    'http://127.0.0.1:8080/hook',
    'http://localhost/',
    'http://[::1]:9/x',
  ])('may be at %s', (url) => {
    expect([...webhooks(url)]).toEqual([['ops', url]]);
  });

  it.each([
    'http://example.com/hook',
    'http://127.0.0.1.example.com/',
    'http://localhost@example.com/',
    'https://user:secret@example.com/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    '',
  ])('may not be at %s', (url) => {
    expect(() => webhooks(url)).toThrow(/webhooks\.ops: a webhook’s address begins with https/);
  });

  it('are none where there is no configuration of them', () => {
    expect(readWebhooks(readEnvironment({ RINGSIDE_CLUSTERS: JSON.stringify([minimal]) })).size).toBe(0);
  });
});

describe('roles', () => {
  const signIn = { origin: 'https://ringside.example', local: {} };
  const editors = { name: 'editors', subjects: [{ group: 'editors' }], as: 'editor' };
  const roles = (given: object) =>
    readRoles(readEnvironment({ RINGSIDE_CLUSTERS: JSON.stringify({ clusters: [minimal], ...given }) }));

  it('are null where nobody signs in', () => {
    expect(roles({})).toBeNull();
    expect(readRoles(readEnvironment({ RINGSIDE_CONTACT_POINTS: 'x' }))).toBeNull();
  });

  it('are read beside a sign-in', () => {
    expect(roles({ signIn, roles: [editors] })).toEqual([{ ...editors, allow: [], limits: {} }]);
  });

  it.each([
    ['a sign-in without roles', { signIn }, /roles: signIn needs roles/],
    ['a sign-in with none', { signIn, roles: [] }, /roles: write at least one role/],
    ['roles without a sign-in', { roles: [editors] }, /roles: roles need signIn/],
    ['two of one name', { signIn, roles: [editors, editors] }, /roles: two roles have the same name/],
    ['one that gives nothing', { signIn, roles: [{ ...editors, as: undefined }] }, /roles\[0\]: a role needs as/],
    ['a limit that does not exist', { signIn, roles: [{ ...editors, limits: { concurrent: 1 } }] }, /concurrent/],
    ['a limit of nothing', { signIn, roles: [{ ...editors, limits: { rows: 0 } }] }, /rows/],
    [
      'an unknown verb',
      { signIn, roles: [{ name: 'x', subjects: [{ everybody: true }], allow: [{ verbs: ['drop'] }] }] },
      /roles\[0\]\.allow\[0\]\.verbs\[0\]: /,
    ],
  ])('are refused for %s, by key', (_what, given, message) => {
    expect(() => roles(given)).toThrow(message);
  });
});
