import 'server-only';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { groupNameSchema, userNameSchema } from '@/lib/contract/sign-in';
import { Failure } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { hashPassword, isHash, isPassword } from './password-hash';
import { passwordFaults } from './password-rules';

const MOST_USERS = 10_000;

const userSchema = z.object({
  password: z.custom<string>((text) => typeof text === 'string' && isHash(text), 'is not a hash of a password'),
  groups: z
    .array(z.custom<string>((name) => groupNameSchema.safeParse(name).success, 'is not a group’s name'))
    .max(100),
  /** When the password was set, in milliseconds since 1970; absent in files of earlier versions. */
  since: z.int().min(0).optional(),
});
type User = z.infer<typeof userSchema>;

const usersSchema = z.object({
  version: z.literal(1),
  users: z.record(
    z.custom<string>((name) => userNameSchema.safeParse(name).success, 'is not a user’s name'),
    userSchema,
  ),
});

/** Local users with hashes of their passwords, in one file that several processes may change and read. */
export class UserFile {
  readonly #path: string;
  readonly #now: () => number;
  #users: ReadonlyMap<string, User> = new Map();
  /** What the file was like when it was read. */
  #seen = '';
  #reading: Promise<void> | null = null;

  /** @param now in milliseconds since 1970 */
  constructor(path: string, now: () => number = Date.now) {
    this.#path = path;
    this.#now = now;
  }

  /**
   * Reads the file if it is another one than before.
   * @throws Failure `storage_failed` when it is damaged; those who were known stay known
   */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** The groups of a user as the file was last read; undefined: there is no such user. */
  groupsOf(name: string): readonly string[] | undefined {
    return this.#users.get(name)?.groups;
  }

  /** When the user's password was set: sessions that began earlier have ended. In milliseconds since 1970. */
  passwordSinceMs(name: string): number {
    return this.#users.get(name)?.since ?? 0;
  }

  get names(): string[] {
    return [...this.#users.keys()].sort();
  }

  /** Whether this is the password of that user; takes as long where there is no such user. @throws TooBusy */
  check(name: string, password: string): Promise<boolean> {
    return isPassword(password, this.#users.get(name)?.password);
  }

  /**
   * Adds a user, or gives one another password and other groups.
   * @throws Failure `invalid_request` for a name, group or password that is not allowed
   */
  async put(name: string, password: string, groups: readonly string[]): Promise<void> {
    const faults = [
      ...faultsOf(userNameSchema.safeParse(name)),
      ...groups.flatMap((group) => faultsOf(groupNameSchema.safeParse(group))),
      ...(await passwordFaults(password, name)),
    ];
    if (faults.length > 0) throw invalid(`The user was not added: ${faults.join('; ')}.`);
    await this.refresh();
    if (!this.#users.has(name) && this.#users.size >= MOST_USERS)
      throw invalid(`There are ${MOST_USERS} users already.`);
    await this.#put(name, { password: await hashPassword(password), groups: [...new Set(groups)] });
  }

  /**
   * Gives a user another password.
   * @throws Failure `invalid_request` for one that is not allowed, `not_found` when the user was removed; TooBusy
   */
  async changePassword(name: string, password: string): Promise<void> {
    const faults = await passwordFaults(password, name);
    if (faults.length > 0) throw invalid(`The password was not changed: ${faults.join('; ')}.`);
    const hash = await hashPassword(password);
    await this.refresh();
    const user = this.#users.get(name);
    if (user === undefined) {
      throw new Failure({ code: 'not_found', message: `There is no user ${name} any more.`, retryable: false });
    }
    await this.#put(name, { ...user, password: hash });
  }

  async #put(name: string, user: Omit<User, 'since'>): Promise<void> {
    await this.#write(new Map([...this.#users, [name, { ...user, since: this.#now() }]]));
  }

  /** @returns false if there is no such user */
  async remove(name: string): Promise<boolean> {
    await this.refresh();
    const rest = new Map(this.#users);
    if (!rest.delete(name)) return false;
    await this.#write(rest);
    return true;
  }

  async #read(): Promise<void> {
    const found = await stat(this.#path, { bigint: true }).catch(() => null);
    const seen = found === null ? '' : `${found.ino} ${found.size} ${found.mtimeNs}`;
    if (seen === this.#seen) return;
    const { users = {} } = (await readJson(this.#path, usersSchema)) ?? {};
    this.#users = new Map(Object.entries(users));
    this.#seen = seen;
  }

  async #write(users: ReadonlyMap<string, User>): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    await writeJson(this.#path, { version: 1, users: Object.fromEntries([...users].sort()) });
    await this.#read();
  }
}

function faultsOf(parsed: { readonly success: boolean; readonly error?: z.core.$ZodError | undefined }): string[] {
  return parsed.error?.issues.map(({ message }) => message) ?? [];
}

function invalid(message: string): Failure {
  return new Failure({ code: 'invalid_request', message, retryable: false });
}
