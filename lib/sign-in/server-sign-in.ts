import 'server-only';
import { dirname, join, resolve } from 'node:path';
import { getCluster } from '@/lib/cassandra/client/registry';
import { type RoleLogin, roleClusters } from '@/lib/cassandra/client/role-clusters';
import { readOwnRole } from '@/lib/cassandra/roles/own-role';
import { readSignIn } from '@/lib/config';
import type { SignInConfig } from '@/lib/contract/sign-in';
import { readEnvironment } from '@/lib/env';
import { ApiTokens } from './api-tokens';
import { Grants } from './grants';
import { OidcProvider } from './oidc';
import { OwnRoles } from './own-roles';
import { PendingSignIns } from './pending';
import { Sessions } from './sessions';
import { Throttle } from './throttle';
import { TokenGuesses } from './token-guesses';
import { UserFile } from './user-file';

/** What the sign-in of this server holds. */
export interface ServerSignIn {
  readonly config: SignInConfig;
  readonly sessions: Sessions;
  /** Null where nobody signs in with a name and password of Ringside's own. */
  readonly users: UserFile | null;
  readonly throttle: Throttle;
  /** Identity providers, by name. */
  readonly providers: ReadonlyMap<string, OidcProvider>;
  readonly grants: Grants;
  readonly pending: PendingSignIns;
  /** Null where nobody signs in with a Cassandra role. */
  readonly ownRoles: OwnRoles | null;
  /** Null where nobody has API tokens. */
  readonly tokens: ApiTokens | null;
  readonly tokenGuesses: TokenGuesses;
}

/** The bundler may make several instances of this module: they share the sessions. */
const KEY = Symbol.for('ringside.sign-in');

/** Null where Ringside has no sign-in. @throws ConfigurationError */
export function serverSignIn(): ServerSignIn | null {
  const global = globalThis as { [KEY]?: ServerSignIn | null };
  if (global[KEY] === undefined) {
    const config = readSignIn();
    global[KEY] = config === null ? null : signInOf(config);
  }
  return global[KEY];
}

/** Where `ringside user` keeps local users if the configuration names no other file. */
export function userFilePath(config: SignInConfig | null): string {
  return resolve(/* turbopackIgnore: true */ config?.local?.users ?? join(directory(), 'users.json'));
}

/** @param path of the file of the sessions; that of the API tokens is beside it */
export function signInOf(config: SignInConfig, path = join(directory(), 'sessions.json')): ServerSignIn {
  const limits = { idleMs: config.idleMinutes * 60_000, longestMs: config.longestHours * 3_600_000 };
  const sessions = new Sessions(resolve(/* turbopackIgnore: true */ path), limits);
  const providers = new Map(config.oidc.map((one) => [one.name, new OidcProvider(one, config.origin)]));
  const grants = new Grants(sessions, providers);
  const tokens = tokensOf(config, join(dirname(path), 'tokens.json'));
  grants.heardBy((person) => tokens?.confirm(person));
  return {
    config,
    sessions,
    users: config.local === undefined ? null : new UserFile(userFilePath(config)),
    throttle: new Throttle(),
    providers,
    grants,
    pending: new PendingSignIns(),
    ownRoles: ownRolesOf(config, sessions),
    tokens,
    tokenGuesses: new TokenGuesses(),
  };
}

function tokensOf({ tokens }: SignInConfig, path: string): ApiTokens | null {
  return tokens === undefined ? null : new ApiTokens(resolve(/* turbopackIgnore: true */ path), tokens.longestDays);
}

function ownRolesOf({ cassandra }: SignInConfig, sessions: Sessions): OwnRoles | null {
  if (cassandra === undefined) return null;
  const ask = ({ cluster, role, password }: RoleLogin) => readOwnRole(getCluster(cluster), role, password);
  return new OwnRoles({ config: cassandra, sessions, clusters: roleClusters(), ask });
}

function directory(): string {
  return join(readEnvironment().RINGSIDE_DATA_DIR, 'sign-in');
}
