import 'server-only';
import type { RoleClusters, RoleLogin } from '@/lib/cassandra/client/role-clusters';
import type { OwnRole } from '@/lib/cassandra/roles/own-role';
import type { Asker } from '@/lib/contract/asker';
import type { Principal } from '@/lib/contract/principal';
import type { SignInConfig } from '@/lib/contract/sign-in';
import { Failure } from '@/lib/failure';
import { type Reach, reachOf } from '@/lib/rights/reach';
import { type Person, personKey, principalOfPerson } from './person';
import type { KnownSession, Sessions } from './sessions';

/** How often it is looked at whose time has come, and whose session has ended. */
const LOOK_MS = 30_000;
/** Each is a login, which costs a node the hash of a password. */
const CHECKS_AT_ONCE = 4;

interface Held {
  readonly login: RoleLogin;
  /** With the roles that it had when it was last checked. */
  person: Person;
  /** In milliseconds since 1970. */
  checkedMs: number;
}

interface OwnRolesWith {
  readonly config: NonNullable<SignInConfig['cassandra']>;
  readonly sessions: Pick<Sessions, 'of' | 'loseShown'>;
  readonly clusters: RoleClusters;
  /** Logs in and asks Cassandra for the role. @throws Failure `sign_in_needed`; why no node can say */
  readonly ask: (login: RoleLogin) => Promise<OwnRole>;
  /** In milliseconds since 1970. */
  readonly now?: () => number;
}

/** Hears of people whose work can go on, or must stop. */
export interface RoleFollower {
  /** They have signed in. */
  readonly back: (principal: Principal) => void;
  /** Cassandra no longer accepts their role or password. Resolves when nothing of theirs runs. */
  readonly lost: (principal: Principal) => Promise<void>;
}

/**
 * Who signed in as a Cassandra role: the password of each session, in memory alone, and what the role may see. All are
 * tried again every few minutes, whether somebody uses them or not.
 */
export class OwnRoles {
  readonly #with: OwnRolesWith;
  readonly #now: () => number;
  /** By the session's shown id. */
  readonly #held = new Map<string, Held>();
  /** By person. */
  readonly #reach = new Map<string, Reach>();
  #follower: RoleFollower | null = null;
  #looking: Promise<void> | null = null;

  constructor(parts: OwnRolesWith) {
    this.#with = parts;
    this.#now = parts.now ?? (() => Date.now());
  }

  /** The clusters whose roles may sign in. */
  get clusters(): readonly string[] {
    return this.#with.config.clusters;
  }

  /**
   * The person of a role, if Cassandra accepts the password.
   * @throws Failure `sign_in_needed`, the same for an unknown role and a wrong password; why no node can say
   */
  async personOf(login: RoleLogin): Promise<Person> {
    const { cluster: provider, role: subject } = login;
    // The protocol ends name and password with it: what follows would be taken for something else.
    if (`${subject}${login.password}`.includes('\0') || !this.clusters.includes(provider)) throw notAccepted();
    const { roles, held } = await this.#with.ask(login);
    const person: Person = { name: subject, way: 'cassandra', groups: roles, provider, subject };
    this.#reach.set(personKey(person), reachOf(held));
    return person;
  }

  /** Holds the password for as long as the session is open. */
  keep(shownId: string, person: Person, login: RoleLogin): void {
    this.#held.set(shownId, { login, person, checkedMs: this.#now() });
    const principal = principalOfPerson(person);
    this.#with.clusters.keep(principal, login);
    this.#follower?.back(principal);
  }

  /** Whether the password of a session is known: not after a restart. */
  knows({ shownId }: Pick<KnownSession, 'shownId'>): boolean {
    return this.#held.has(shownId);
  }

  /** The person of a session with the roles of now. */
  personNow({ shownId, person }: KnownSession): Person {
    return this.#held.get(shownId)?.person ?? person;
  }

  /** What somebody sees of the schema; null if they are not signed in. */
  reachOf({ name, cluster }: Asker): Reach | null {
    const person: Person = { name, way: 'cassandra', groups: [], provider: cluster, subject: name };
    return this.#reach.get(personKey(person)) ?? null;
  }

  followedBy(follower: RoleFollower): void {
    this.#follower = follower;
  }

  /** Looks again and again, as long as the process lives. */
  begin(): void {
    setInterval(() => {
      this.look().catch((error: unknown) => console.error('Sign-in: Cassandra roles were not checked.', error));
    }, LOOK_MS).unref();
  }

  /** Tries the passwords whose time has come, drops those of sessions that have ended, and closes idle connections. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Drops the passwords of sessions that have ended, once nothing runs that needs them. */
  dropEnded(): void {
    for (const shownId of this.#held.keys()) if (!this.#isNeeded(shownId)) this.#drop(shownId);
  }

  async #look(): Promise<void> {
    this.dropEnded();
    const before = this.#now() - this.#checkMs();
    const due = [...this.#held].filter(([, { checkedMs }]) => checkedMs <= before).values();
    const checkDue = async () => {
      for (const [shownId, held] of due) await this.#check(shownId, held);
    };
    await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, checkDue));
    this.#with.clusters.closeIdle();
  }

  async #check(shownId: string, held: Held): Promise<void> {
    try {
      const { roles, held: permissions } = await this.#with.ask(held.login);
      held.person = { ...held.person, groups: roles };
      held.checkedMs = this.#now();
      this.#reach.set(personKey(held.person), reachOf(permissions));
    } catch (error) {
      const isRefused = error instanceof Failure && error.error.code === 'sign_in_needed';
      // While no node can say, it goes on for as long again.
      if (isRefused || this.#now() - held.checkedMs >= 2 * this.#checkMs()) await this.#lose(shownId, held);
    }
  }

  /** Its session is open, or something runs on the connections that were made with it. */
  #isNeeded(shownId: string): boolean {
    const held = this.#held.get(shownId);
    if (held === undefined) return false;
    const isOpen = this.#with.sessions.of(held.person).some((session) => session.shownId === shownId);
    return isOpen || (this.#isUsed(held) && this.#with.clusters.isBusy(principalOfPerson(held.person)));
  }

  /** Whether the person's connections are made with this password. */
  #isUsed({ person, login }: Held): boolean {
    return this.#with.clusters.loginOf(principalOfPerson(person))?.password === login.password;
  }

  async #lose(shownId: string, held: Held): Promise<void> {
    const principal = principalOfPerson(held.person);
    const isUsed = this.#isUsed(held);
    this.#held.delete(shownId);
    await this.#with.sessions.loseShown(shownId, 'role');
    if (!isUsed) return;
    await this.#follower?.lost(principal);
    await this.#with.clusters.cutOff(principal);
    const other = this.#othersOf(held.person).at(-1);
    if (other === undefined) this.#reach.delete(personKey(held.person));
    else this.#with.clusters.keep(principal, other.login);
  }

  #drop(shownId: string): void {
    const held = this.#held.get(shownId);
    this.#held.delete(shownId);
    if (held === undefined || this.#othersOf(held.person).length > 0) return;
    this.#reach.delete(personKey(held.person));
    this.#with.clusters.forget(principalOfPerson(held.person));
  }

  #othersOf(person: Person): Held[] {
    return [...this.#held.values()].filter((held) => personKey(held.person) === personKey(person));
  }

  #checkMs(): number {
    return this.#with.config.checkMinutes * 60_000;
  }
}

function notAccepted(): Failure {
  return new Failure({
    code: 'sign_in_needed',
    message: 'Cassandra did not accept the name or the password.',
    retryable: false,
  });
}
