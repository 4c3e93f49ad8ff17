import 'server-only';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '../../failure';
import type { Cluster } from './cluster';

/** The name and password of a Cassandra role that a person signed in with. They are in memory alone. */
export interface RoleLogin {
  /** The cluster's name. */
  readonly cluster: string;
  readonly role: string;
  readonly password: string;
}

interface Limits {
  /** People with open connections at the same time. */
  readonly most: number;
  /** Connections that nobody uses are closed after this, in milliseconds. */
  readonly idleMs: number;
}

interface Held {
  readonly login: RoleLogin;
  /** Null while there are no connections. */
  opened: { readonly cluster: Cluster; readonly of: Cluster } | null;
  usedMs: number;
}

type Person = Pick<Principal, 'id'>;

/** A person's driver has some connections to each node: this many people are no burden for a cluster. */
const LIMITS: Limits = { most: 50, idleMs: 10 * 60_000 };

/**
 * The connections of people who signed in as a Cassandra role: each their own, opened when first needed. There are at most
 * so many; for one more the oldest idle ones are closed.
 */
export class RoleClusters {
  readonly #limits: Limits;
  readonly #now: () => number;
  /** By principal. */
  readonly #held = new Map<string, Held>();

  /** @param now in milliseconds */
  constructor(limits: Limits = LIMITS, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  /** From now on this person logs in so. What runs on connections of another password goes on with them to its end. */
  keep({ id }: Person, login: RoleLogin): void {
    const before = this.#held.get(id);
    if (before?.login.password === login.password) return;
    before?.opened?.cluster.drain();
    this.#held.set(id, { login, opened: null, usedMs: this.#now() });
  }

  /** Null: this person is not signed in. */
  loginOf({ id }: Person): RoleLogin | null {
    return this.#held.get(id)?.login ?? null;
  }

  /**
   * A cluster with this person's own connections.
   * @param shared the cluster as it is configured
   * @throws Failure `sign_in_needed`; `overloaded` when all connections that there may be are in use
   */
  of({ id }: Person, shared: Cluster): Cluster {
    const held = this.#held.get(id);
    if (held === undefined) throw signInNeeded();
    held.usedMs = this.#now();
    const { opened } = held;
    if (opened?.of.config === shared.config && opened.of.sharesConnectionsWith(shared)) return opened.cluster;
    // The configuration has changed.
    close(held);
    this.#makeRoom();
    held.opened = { cluster: shared.asRole(held.login.role, held.login.password), of: shared };
    return held.opened.cluster;
  }

  /** Forgets the password; what runs goes on to its end. */
  forget({ id }: Person): void {
    this.#held.get(id)?.opened?.cluster.drain();
    this.#held.delete(id);
  }

  /** Forgets the password and closes the connections, whatever uses them. */
  async cutOff({ id }: Person): Promise<void> {
    const opened = this.#held.get(id)?.opened;
    this.#held.delete(id);
    opened?.cluster.drain();
    await opened?.cluster.close();
  }

  /** Whether anything uses this person's connections. */
  isBusy({ id }: Person): boolean {
    return this.#held.get(id)?.opened?.cluster.isIdle === false;
  }

  /** How many people have connections. */
  openCount(): number {
    return this.#open().length;
  }

  /** Closes connections that nobody has used for a while. Their passwords stay: the next request opens others. */
  closeIdle(): void {
    const before = this.#now() - this.#limits.idleMs;
    for (const held of this.#idle()) if (held.usedMs <= before) close(held);
  }

  /** Closes all, for shutdown. */
  async close(): Promise<void> {
    const opened = this.#open().map(({ opened: one }) => one?.cluster.close());
    this.#held.clear();
    await Promise.all(opened);
  }

  #makeRoom(): void {
    const over = this.#open().length - this.#limits.most + 1;
    if (over <= 0) return;
    const idle = this.#idle();
    if (idle.length < over) throw tooMany(this.#limits.most);
    for (const held of idle.slice(0, over)) close(held);
  }

  #open(): Held[] {
    return [...this.#held.values()].filter(({ opened }) => opened !== null);
  }

  /** The oldest first. */
  #idle(): Held[] {
    return this.#open()
      .filter(({ opened }) => opened?.cluster.isIdle === true)
      .sort((one, other) => one.usedMs - other.usedMs);
  }
}

function close(held: Held): void {
  held.opened?.cluster.drain();
  held.opened = null;
}

/** The bundler may make several instances of this module: they share the connections. */
const KEY = Symbol.for('ringside.role-clusters');

/** Those of this server. */
export function roleClusters(): RoleClusters {
  const global = globalThis as { [KEY]?: RoleClusters };
  global[KEY] ??= new RoleClusters();
  return global[KEY];
}

function signInNeeded(): Failure {
  return new Failure({
    code: 'sign_in_needed',
    message: 'This needs you to be signed in with your Cassandra role.',
    hint: 'Sign in again. Ringside keeps passwords of Cassandra roles in memory alone.',
    retryable: false,
  });
}

function tooMany(most: number): Failure {
  return new Failure({
    code: 'overloaded',
    message: `${most} people use connections of their own at this moment, and there are no more.`,
    hint: 'Try again in a minute.',
    retryable: true,
  });
}
