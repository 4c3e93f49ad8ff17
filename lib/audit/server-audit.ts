import 'server-only';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { readAudit, readConfigurationText, readSignIn } from '@/lib/config';
import type { AuditConfig, AuditEntry, AuditStanding } from '@/lib/contract/audit';
import type { ApiError } from '@/lib/contract/errors';
import { readEnvironment } from '@/lib/env';
import { Failure } from '@/lib/failure';
import { version } from '@/package.json';
import { AuditLog, type AuditSink } from './audit-log';
import { newEntry } from './entry';
import { RefusalPace } from './refusal-pace';
import { RotatingFile } from './rotating-file';

const MEBIBYTE = 1024 * 1024;

/** The audit of this server. */
export class ServerAudit {
  readonly config: AuditConfig;
  /** Null: it goes to stdout alone. */
  readonly file: RotatingFile | null;
  readonly #log: AuditLog;
  readonly #pace = new RefusalPace();
  readonly #refusesWrites: boolean;
  #onRefusing: (why: ApiError) => void = () => undefined;

  /** @param isSignedIn whether people sign in here */
  constructor(config: AuditConfig, path: string, isSignedIn: boolean, stdout: AuditSink = toStdout) {
    this.config = config;
    this.#refusesWrites = config.ifFailing === undefined ? isSignedIn : config.ifFailing === 'refuse_writes';
    const { fileMb, files, sync } = config;
    this.file = config.to === 'stdout' ? null : new RotatingFile(path, { fileBytes: fileMb * MEBIBYTE, files, sync });
    const onFailing = () => {
      if (this.#refusesWrites) this.#onRefusing(RUNNING);
    };
    this.#log = new AuditLog(sinkOf(config.to, this.file, stdout), this.file?.path ?? 'stdout', onFailing);
  }

  get standing(): AuditStanding {
    const { to } = this.config;
    return { to, file: this.file?.path ?? null, refusesWrites: this.#refusesWrites, ...this.#log.standing };
  }

  /** Says that the server has started; whether that could be written is in `standing`. */
  async begin(): Promise<void> {
    await this.file?.begin().catch((error: unknown) => console.error('Audit: its folder was not made.', error));
    await this.#log.append(newEntry({ event: 'server', person: null, outcome: 'begun', server: serverFacts() }));
  }

  /** Says that the server stops. */
  async end(): Promise<void> {
    this.#appendUnlisted(true);
    void this.#log.append(newEntry({ event: 'server', person: null, outcome: 'done', server: serverFacts() }));
    await this.#log.close();
  }

  /** The files, the newest first, once what has been added is in them; none where it goes to stdout alone. */
  async files(): Promise<string[]> {
    await this.#log.settled();
    return (await this.file?.files()) ?? [];
  }

  /** Calls when writes are refused from now on, which concerns what writes already. */
  whenRefusing(listener: (why: ApiError) => void): void {
    this.#onRefusing = listener;
  }

  /** @throws Failure `audit_unavailable` while writes are refused */
  checkGoesOn(): void {
    if (this.#refusesWrites && this.#log.standing.failing !== null) throw new Failure(RUNNING);
  }

  /** Adds a line. Of many refusals that are alike, most are only counted. */
  append(entry: AuditEntry): void {
    this.#appendUnlisted();
    if (entry.outcome === 'refused' && !this.#pace.lists(entry)) return;
    void this.#log.append(entry);
  }

  /**
   * Says what is about to be written, and waits until that is kept.
   * @throws Failure `audit_unavailable` when it cannot be, and writes are refused then
   */
  async announce(entry: AuditEntry): Promise<void> {
    if (await (this.#refusesWrites ? this.#log.announce(entry) : this.#log.append(entry))) return;
    if (!this.#refusesWrites) return;
    throw new Failure({
      code: 'audit_unavailable',
      message: 'Nothing was changed: the audit cannot be written, and Ringside refuses changes without it.',
      hint: 'The audit page and the server’s log say why. Reading goes on, and changes do once it can be written.',
      retryable: true,
    });
  }

  #appendUnlisted(isOver = false): void {
    for (const { like, more } of this.#pace.ended(isOver)) {
      void this.#log.append(newEntry({ event: 'request', ...like, outcome: 'refused', more }));
    }
  }
}

const RUNNING: ApiError = {
  code: 'audit_unavailable',
  message: 'The audit cannot be written, and Ringside makes no changes without it.',
  hint: 'The audit page and the server’s log say why. Resume it once the audit can be written.',
  retryable: true,
};

function sinkOf(to: AuditConfig['to'], file: RotatingFile | null, stdout: AuditSink): AuditSink {
  return async (lines) => {
    if (file === null) return stdout(lines);
    await file.append(lines);
    // The lines are kept: they must not come a second time because nobody hears them.
    if (to === 'both') await stdout(lines).catch((error: unknown) => console.error('Audit: stdout', error));
  };
}

function toStdout(lines: Buffer): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(lines, (error) => (error == null ? done() : fail(error)));
  });
}

function serverFacts(): NonNullable<AuditEntry['server']> {
  const text = readConfigurationText();
  return { version, configuration: text === null ? null : createHash('sha256').update(text).digest('hex') };
}

/** The bundler may make several instances of this module: they share the audit. */
const KEY = Symbol.for('ringside.audit');

/** Null where nothing is audited. @throws ConfigurationError */
export function serverAudit(): ServerAudit | null {
  const global = globalThis as { [KEY]?: ServerAudit | null };
  if (global[KEY] === undefined) global[KEY] = configured();
  return global[KEY];
}

function configured(): ServerAudit | null {
  const audit = readAudit();
  if (audit === null) return null;
  const path = audit.file ?? join(readEnvironment().RINGSIDE_DATA_DIR, 'audit', 'audit.ndjson');
  return new ServerAudit(audit, resolve(/* turbopackIgnore: true */ path), readSignIn() !== null);
}
