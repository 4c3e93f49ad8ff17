import { describe, expect, it } from 'vitest';
import { configFileSchema } from '@/lib/contract/config-file';
import { connectTestRequestSchema } from '@/lib/contract/connect';
import { type ConnectForm, configurationOf, EMPTY_FORM, requestOf, slugOf, withConnection } from './connect';

const form = (extra: Partial<ConnectForm>): ConnectForm => ({ ...EMPTY_FORM, contactPoints: '10.0.0.1', ...extra });

describe('the request for a test', () => {
  it('splits addresses at commas, spaces and line breaks', () => {
    const asked = requestOf(
      form({ contactPoints: ' 10.0.0.1, node2\n node3;node4 ', username: 'me', password: ' p ' }),
    );
    expect(asked).toEqual({
      request: {
        contactPoints: ['10.0.0.1', 'node2', 'node3', 'node4'],
        port: 9042,
        username: 'me',
        password: ' p ',
        tls: null,
      },
    });
  });

  it('passes the contract, and TLS verifies by default', () => {
    const asked = requestOf(form({ tls: true, caPem: '-----BEGIN' }));
    if (!('request' in asked)) throw new Error('refused');
    expect(connectTestRequestSchema.parse(asked.request).tls).toEqual({ caPem: '-----BEGIN', verify: true });
  });

  it('names the field that is wrong', () => {
    expect(requestOf(form({ contactPoints: ' , ', port: '70000', password: 'x' }))).toEqual({
      errors: {
        contactPoints: expect.any(String),
        port: expect.any(String),
        username: expect.any(String),
      },
    });
  });

  it('is the same after a round trip through a cqlshrc', () => {
    const before = form({ name: 'kept', username: 'u', password: 'p', tls: true, verify: false, serverName: 'db' });
    const asked = requestOf(before);
    if (!('request' in asked)) throw new Error('refused');
    expect(withConnection({ ...EMPTY_FORM, name: 'kept' }, asked.request)).toEqual(before);
  });
});

describe('the configuration to copy', () => {
  const SECRET = 'hunter2-é"\\';
  const full = form({
    name: 'prod-eu',
    label: 'Production',
    colour: '#c62828',
    username: 'app',
    password: SECRET,
    tls: true,
    caPem: 'CA-TEXT',
    keyPem: 'KEY-TEXT',
    writes: true,
  });

  it('is valid without changes', () => {
    const { json, errors } = configurationOf(full);
    expect(errors).toEqual({});
    expect(configFileSchema.parse(JSON.parse(json)).clusters[0]).toMatchObject({
      name: 'prod-eu',
      password: { env: 'RINGSIDE_PROD_EU_PASSWORD' },
      tls: { ca: 'certs/prod-eu-ca.pem', key: 'certs/prod-eu-key.pem', verify: true },
      writes: true,
    });
  });

  it('never holds a secret, only where it is found', () => {
    const { json, passwordVariable, pemFiles } = configurationOf(full);
    expect(json).not.toContain('hunter2');
    expect(json).not.toContain('KEY-TEXT');
    expect(passwordVariable).toBe('RINGSIDE_PROD_EU_PASSWORD');
    expect(pemFiles).toEqual(['certs/prod-eu-ca.pem', 'certs/prod-eu-key.pem']);
  });

  it('says less when less is set, and read-only is the default', () => {
    expect(JSON.parse(configurationOf(form({ name: 'a', tls: true })).json)).toEqual({
      clusters: [{ name: 'a', contactPoints: ['10.0.0.1'], port: 9042, tls: true }],
    });
  });

  it('shows at its field what the server would refuse', () => {
    expect(configurationOf(form({ name: 'Not OK', colour: 'red' })).errors).toEqual({
      name: expect.stringContaining('lower-case'),
      colour: expect.stringContaining('hex'),
    });
    expect(configurationOf(form({ name: 'api' })).errors.name).toMatch(/is used by/);
  });

  it('makes a name from the cluster’s name', () => {
    expect(slugOf('Test Cluster')).toBe('test-cluster');
    expect(slugOf('__Größe (EU) ')).toBe('gr-e-eu');
  });
});
