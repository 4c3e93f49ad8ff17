import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type ClusterConfigInput, clusterConfigSchema } from '@/lib/contract/configuration';
import type { ConnectTestRequest } from '@/lib/contract/connect';

// The page shows what is wrong with a field: without a locale, schemas have no messages.
z.config(en());

/** The Connect form as typed: every field is text or a checkbox. */
export type ConnectForm = {
  name: string;
  label: string;
  colour: string;
  /** Addresses, separated by commas, spaces or line breaks. */
  contactPoints: string;
  port: string;
  localDatacenter: string;
  username: string;
  password: string;
  tls: boolean;
  caPem: string;
  certPem: string;
  keyPem: string;
  serverName: string;
  verify: boolean;
  writes: boolean;
};

export const EMPTY_FORM: ConnectForm = {
  name: '',
  label: '',
  colour: '',
  contactPoints: '',
  port: '9042',
  localDatacenter: '',
  username: '',
  password: '',
  tls: false,
  caPem: '',
  certPem: '',
  keyPem: '',
  serverName: '',
  verify: true,
  writes: false,
};

export type FieldErrors = Partial<Record<keyof ConnectForm, string>>;

/** What each part of the form gets: the whole form, its errors, and a way to change fields. */
export type FormPartProps = {
  form: ConnectForm;
  errors: FieldErrors;
  onChange: (change: Partial<ConnectForm>) => void;
};

const MAX_CONTACT_POINTS = 16;

/** The form as a test request, or its errors by field. */
export function requestOf(form: ConnectForm): { request: ConnectTestRequest } | { errors: FieldErrors } {
  const contactPoints = splitAddresses(form.contactPoints);
  const port = Number(form.port);
  const errors: FieldErrors = {};
  if (contactPoints.length === 0) errors.contactPoints = 'Enter at least one node: an address or a host name.';
  if (contactPoints.length > MAX_CONTACT_POINTS) {
    errors.contactPoints = `Enter at most ${MAX_CONTACT_POINTS} nodes: Ringside finds the others.`;
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) errors.port = 'Enter a port from 1 to 65535.';
  if (form.username === '' && form.password !== '') errors.username = 'Enter the user name for this password.';
  if (Object.keys(errors).length > 0) return { errors };
  return {
    request: {
      contactPoints,
      port,
      ...typed(form, 'localDatacenter', 'username'),
      ...(form.password === '' ? {} : { password: form.password }),
      tls: form.tls ? { ...typed(form, 'caPem', 'certPem', 'keyPem', 'serverName'), verify: form.verify } : null,
    },
  };
}

function splitAddresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

type TextField = 'label' | 'colour' | 'localDatacenter' | 'username' | 'caPem' | 'certPem' | 'keyPem' | 'serverName';

/** The named fields that are not empty. */
function typed<Name extends TextField>(form: ConnectForm, ...names: Name[]): { [name in Name]?: string } {
  const result: { [name in Name]?: string } = {};
  for (const name of names) {
    const text = form[name].trim();
    if (text !== '') result[name] = text;
  }
  return result;
}

/** The form with the connection of a cqlshrc; name, label and colour stay. */
export function withConnection(form: ConnectForm, connection: ConnectTestRequest): ConnectForm {
  const { contactPoints, port, localDatacenter, username, password, tls } = connection;
  return {
    ...form,
    contactPoints: contactPoints.join(', '),
    port: String(port ?? EMPTY_FORM.port),
    localDatacenter: localDatacenter ?? '',
    username: username ?? '',
    password: password ?? '',
    tls: tls !== null && tls !== undefined,
    caPem: tls?.caPem ?? '',
    certPem: tls?.certPem ?? '',
    keyPem: tls?.keyPem ?? '',
    serverName: tls?.serverName ?? '',
    verify: tls?.verify ?? true,
  };
}

/** A name for URLs, made from any text: "Test Cluster" → "test-cluster". */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
    .slice(0, 63);
}

export type Configuration = {
  /** `ringside.config.json` as text, without secrets. */
  json: string;
  /** The environment variable for the password; undefined without one. */
  passwordVariable: string | undefined;
  /** Files named in the configuration, for the pasted PEM texts. */
  pemFiles: string[];
  errors: FieldErrors;
};

/** The configuration that keeps this connection; secrets by reference only. */
export function configurationOf(form: ConnectForm): Configuration {
  const name = form.name.trim() || 'my-cluster';
  const passwordVariable =
    form.password === '' ? undefined : `RINGSIDE_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PASSWORD`;
  const files = pemFilesOf(form, name);
  const cluster: ClusterConfigInput = {
    name,
    ...typed(form, 'label', 'colour'),
    contactPoints: splitAddresses(form.contactPoints),
    port: Number(form.port),
    ...typed(form, 'localDatacenter', 'username'),
    ...(passwordVariable === undefined ? {} : { password: { env: passwordVariable } }),
    ...(form.tls ? { tls: tlsOf(form, files) } : {}),
    ...(form.writes ? { writes: true } : {}),
  };
  return {
    json: JSON.stringify({ clusters: [cluster] }, null, 2),
    passwordVariable,
    pemFiles: Object.values(files),
    errors: errorsOf(cluster),
  };
}

function pemFilesOf(form: ConnectForm, name: string): { ca?: string; cert?: string; key?: string } {
  if (!form.tls) return {};
  return {
    ...(form.caPem.trim() === '' ? {} : { ca: `certs/${name}-ca.pem` }),
    ...(form.certPem.trim() === '' ? {} : { cert: `certs/${name}-cert.pem` }),
    ...(form.keyPem.trim() === '' ? {} : { key: `certs/${name}-key.pem` }),
  };
}

function tlsOf(form: ConnectForm, files: ReturnType<typeof pemFilesOf>): ClusterConfigInput['tls'] {
  const settings = { ...files, ...typed(form, 'serverName'), ...(form.verify ? {} : { verify: false }) };
  return Object.keys(settings).length === 0 ? true : settings;
}

const FIELDS = new Set<string>(['name', 'colour', 'contactPoints', 'port']);

/** What the server would refuse in this configuration, by field. */
function errorsOf(cluster: ClusterConfigInput): FieldErrors {
  const parsed = clusterConfigSchema.safeParse(cluster);
  if (parsed.success) return {};
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0]);
    if (FIELDS.has(field)) errors[field] ??= message;
  }
  return errors;
}
