import type { ClusterConfig } from '@/lib/contract/configuration';
import type { ClusterEdit } from '@/lib/contract/configured';
import type { JsonValue } from '@/lib/contract/json';
import type { WrittenCluster } from './configuration-text';

/** Of the configuration's defaults, those that a new cluster need not write down. */
const DEFAULTS: Readonly<Record<string, JsonValue>> = {
  port: 9042,
  consistency: 'LOCAL_ONE',
  pageRows: 1000,
  writes: false,
  disabled: false,
};

/** A configured cluster as the page sees it: a secret only as `kept`, or by its name on the list. */
export function editOf(cluster: ClusterConfig): ClusterEdit {
  const { name, label, colour, contactPoints, port, localDatacenter, username, password, tls, writes } = cluster;
  const ofTls = typeof tls === 'object' ? tls : { verify: true };
  return {
    name,
    isNew: false,
    disabled: cluster.disabled ?? false,
    ...(label === undefined ? {} : { label }),
    ...(colour === undefined ? {} : { colour }),
    contactPoints,
    port,
    ...(localDatacenter === undefined ? {} : { localDatacenter }),
    username: typeof username === 'string' ? { text: username } : loginOf(username),
    password: loginOf(password),
    tls:
      tls === undefined || tls === false
        ? null
        : { verify: ofTls.verify, ...(ofTls.serverName === undefined ? {} : { serverName: ofTls.serverName }) },
    consistency: cluster.consistency,
    pageRows: cluster.pageRows,
    writes,
  };
}

function loginOf(secret: ClusterConfig['password']): ClusterEdit['password'] {
  if (secret === undefined) return 'none';
  return typeof secret === 'object' && 'secret' in secret ? secret : 'kept';
}

/**
 * Why an edit must not be made; null: it may. A password that the page cannot see must not be sent to other addresses, or
 * in the clear, by editing what stands around it.
 * @param before the cluster as configured; undefined: there is none
 */
export function editRefusal(edit: ClusterEdit, before: ClusterConfig | undefined): string | null {
  if (edit.isNew && before !== undefined) return `There is already a cluster named “${edit.name}”.`;
  if (!edit.isNew && before === undefined) return `No cluster named “${edit.name}” is in the file.`;
  if (before === undefined)
    return edit.password === 'kept' || edit.username === 'kept' ? 'A new cluster has no login to keep.' : null;
  if (edit.password !== 'kept' && edit.username !== 'kept') return null;
  const now = editOf(before);
  if (JSON.stringify(edit.contactPoints) !== JSON.stringify(now.contactPoints) || edit.port !== now.port) {
    return `${BOUND} It may not be sent to other contact points or another port: ${INSTEAD}`;
  }
  const isWeaker = now.tls !== null && (edit.tls === null || (now.tls.verify && !edit.tls.verify));
  const isOther = now.tls !== null && edit.tls?.serverName !== now.tls.serverName;
  return isWeaker || isOther ? `${BOUND} It may not be sent with less or other TLS: ${INSTEAD}` : null;
}

const BOUND = 'The login of this cluster is in the configuration file.';
const INSTEAD = 'choose one from the list, or edit the file.';

/**
 * The cluster as it is written: what the page says, and what it does not know as the file has it.
 * @param before as the file has it; undefined: it is added
 */
export function writtenOf(edit: ClusterEdit, before: WrittenCluster = {}): WrittenCluster {
  const { name, label, colour, contactPoints, port, localDatacenter, username, password, tls } = edit;
  const { consistency, pageRows, writes, disabled } = edit;
  const isText = typeof username === 'object' && 'text' in username;
  const said: Record<string, JsonValue | undefined> = {
    name,
    label,
    colour,
    disabled,
    contactPoints,
    port,
    localDatacenter,
    username: isText ? username.text : loginIn(username, before.username),
    password: loginIn(password, before.password),
    tls: tlsIn(tls, before.tls),
    consistency,
    pageRows,
    writes,
  };
  const written: Record<string, JsonValue> = { ...before };
  for (const [key, value] of Object.entries(said)) {
    const isUnsaid = written[key] === undefined && (value === undefined || value === DEFAULTS[key]);
    if (value === undefined) delete written[key];
    else if (!isUnsaid) written[key] = value;
  }
  return written;
}

function loginIn(login: ClusterEdit['password'], before: JsonValue | undefined): JsonValue | undefined {
  if (login === 'kept') return before;
  return login === 'none' ? undefined : login;
}

function tlsIn(tls: ClusterEdit['tls'], before: JsonValue | undefined): JsonValue | undefined {
  if (tls === null) return before === false ? false : undefined;
  const { verify: _verify, serverName: _serverName, ...kept } = isSettings(before) ? before : {};
  const settings = {
    ...kept,
    ...(tls.serverName === undefined ? {} : { serverName: tls.serverName }),
    ...(tls.verify ? {} : { verify: false }),
  };
  return Object.keys(settings).length === 0 ? true : settings;
}

function isSettings(value: JsonValue | undefined): value is WrittenCluster {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
