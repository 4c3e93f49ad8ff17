import { explain } from '../support/problem.mjs';
import { say as print, seconds } from '../support/progress.mjs';

/**
 * What one command tries, one check after another: a failed check leaves the next to be tried, an error ends its part, and
 * both count. What this machine cannot try is said at the end, and is neither passed nor failed.
 */
export class Checks {
  #passed = 0;
  #failed = 0;
  /** @type {string[]} */
  #notTried = [];
  #say;

  /** @param {(line: string) => void} [say] */
  constructor(say = print) {
    this.#say = say;
  }

  /**
   * @param {boolean} is
   * @param {string} what
   */
  check = (is, what) => {
    if (is) this.#passed += 1;
    else this.#failed += 1;
    this.#say(`${is ? '✓' : '✗'} ${what}`);
  };

  /**
   * @param {string} what
   * @param {string} why
   */
  notTried(what, why) {
    this.#notTried.push(`! not tried: ${what}: ${why}`);
  }

  /**
   * @param {string} name
   * @param {() => Promise<void>} action
   * @returns {Promise<boolean>} whether it came to its end with nothing failed
   */
  async part(name, action) {
    const [startedAt, failedBefore] = [performance.now(), this.#failed];
    this.#say(`\n── ${name}`);
    try {
      await action();
    } catch (error) {
      this.#failed += 1;
      this.#say(explain(error));
    }
    this.#say(`── ${name}: ${seconds(performance.now() - startedAt)}`);
    return this.#failed === failedBefore;
  }

  /** @returns {number} the exit code, after what was not tried and the counts; trying nothing, and not saying why, fails */
  close() {
    this.#say('');
    for (const line of this.#notTried) this.#say(line);
    const nothing = this.#passed === 0 && this.#notTried.length === 0;
    const failed = nothing ? Math.max(1, this.#failed) : this.#failed;
    this.#say(`${this.#passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  }
}
