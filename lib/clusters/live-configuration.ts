import 'server-only';
import { stat } from 'node:fs/promises';
import type { ClusterChange } from '@/lib/cluster/configuration-changes';
import { changedKeys, waitingKeys } from '@/lib/cluster/configuration-keys';
import { type Configuration, type ConfigurationSource, parseConfiguration, readConfigurationFile } from '@/lib/config';
import { ConfigurationError } from '@/lib/env';

/** The file's times and size are looked at this often: this also sees files that are replaced, and those on a network. */
const LOOK_EVERY_MS = 1_000;

/** Why the file as it is now is not used. */
interface Invalid {
  /** Names the file and each key at fault. */
  readonly message: string;
  readonly since: Date;
}

/** A file that was found to be another. */
export interface FoundConfiguration {
  /** False: it is not valid, and the previous configuration stays. */
  readonly isTaken: boolean;
  /** Those that differ from what is used until now; none where that cannot be said. */
  readonly keys: readonly string[];
}

interface Ways {
  /** Uses a configuration from now on. */
  readonly take: (configuration: Configuration) => Promise<readonly ClusterChange[]>;
  readonly log: (line: string) => void;
  /** Hears of each file that is taken or refused. */
  readonly found?: (file: FoundConfiguration) => void;
  readonly everyMs?: number;
}

/**
 * The configuration of this process and its file. A valid change of the file is taken; for one that is not, the
 * configuration stays as it was and {@link invalid} says why.
 */
export class LiveConfiguration {
  readonly source: ConfigurationSource;
  readonly #ways: Ways;
  /** The text that was looked at last, valid or not; null: there was none. */
  #text: string | null;
  /** The text that this process started with. */
  readonly #started: string | null;
  /** The text that is used. */
  #taken: string | null;
  /** Of the file when it was last looked at. */
  #stamp: string | null = null;
  #invalid: Invalid | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param text of the file, which this process runs with */
  constructor(source: ConfigurationSource, text: string | null, ways: Ways) {
    this.source = source;
    this.#text = text;
    this.#started = text;
    this.#taken = text;
    this.#ways = ways;
  }

  /** Keys of the file that differ from those at the start of this process, and take effect at the next. */
  get waiting(): readonly string[] {
    return this.#taken === null ? [] : waitingKeys(changedKeys(this.#started, this.#taken));
  }

  get invalid(): Invalid | null {
    return this.#invalid;
  }

  /** @returns ends it */
  watch(): () => void {
    const timer = setInterval(() => void this.inTurn(() => this.#lookIfTouched()), this.#ways.everyMs ?? LOOK_EVERY_MS);
    timer.unref();
    return () => clearInterval(timer);
  }

  async #lookIfTouched(): Promise<void> {
    if (!('path' in this.source)) return;
    // Before the text is read: what is written in between is seen the next time.
    const stamp = await stat(this.source.path, { bigint: true }).then(
      ({ mtimeNs, ctimeNs, size, ino }) => [mtimeNs, ctimeNs, size, ino].join(' '),
      () => 'absent',
    );
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    if (stamp !== 'absent' || this.#text !== null) await this.#look();
  }

  /** Takes the file as it is now; resolves once that has been done. */
  look(): Promise<void> {
    return this.inTurn(() => this.#look());
  }

  /** Runs one thing after another that reads, writes or takes the file. */
  inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #look(): Promise<void> {
    if (!('path' in this.source)) return;
    const { path } = this.source;
    let text: string | null = null;
    try {
      text = readConfigurationFile(path);
      if (text === this.#text) return;
      await this.take(text);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      // A file that comes back with the same text is taken again.
      this.#text = '';
      this.#refuse(error.message, text);
    }
  }

  /**
   * Takes the text of the file. Call it within {@link inTurn}.
   * @throws ConfigurationError when it is not valid: nothing has changed then
   */
  async take(text: string): Promise<readonly ClusterChange[]> {
    this.#text = text;
    const configuration = parseConfiguration('path' in this.source ? this.source.path : '', text);
    this.#invalid = null;
    const keys = changedKeys(this.#taken, text);
    const changes = await this.#ways.take(configuration);
    this.#taken = text;
    this.#ways.found?.({ isTaken: true, keys });
    const said = changes.map(({ name, what }) => `${name} ${what}`).join(', ');
    this.#ways.log(`The configuration was taken from its file: ${said || 'no cluster changed'}.`);
    const { waiting } = this;
    if (waiting.length > 0)
      this.#ways.log(`Of the configuration, ${waiting.join(', ')} takes effect at the next start.`);
    return changes;
  }

  /** @param text null: there is no file that can be read */
  #refuse(message: string, text: string | null): void {
    if (this.#invalid?.message === message) return;
    this.#ways.found?.({ isTaken: false, keys: text === null ? [] : changedKeys(this.#taken, text) });
    this.#invalid = { message, since: new Date() };
    this.#ways.log(`The configuration file is not valid, so the previous configuration stays:\n${message}`);
  }
}
