import { describe, expect, it } from 'vitest';
import { COMMON_HASH_BYTES, COMMON_HASHES } from './common-passwords';
import { passwordFaults } from './password-rules';

describe('the password of a user', () => {
  it.each([
    ['short', 'at least 12'],
    ['é'.repeat(11), 'at least 12'],
    ['x'.repeat(1_025), 'at most 1024'],
    ['qwertyqwerty', 'most common'],
    ['1qaz2wsx3edc', 'most common'],
    ['1QAZ2wsx3edc', 'most common'],
    ['LeaveMeAlone', 'most common'],
    ['Ringside2026', 'besides'],
    ['passwordpassword1', 'besides'],
    ['anna.smith-anna!', 'besides'],
    ['ANNA.SMITH-1234', 'besides'],
    ['smithsmithsmith', 'besides'],
  ])('is not %j', async (password, why) => {
    const faults = await passwordFaults(password, 'anna.smith');
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(why);
  });

  it.each([
    'a long enough phrase',
    'ringside at the harbour',
    '汽車列車飛行機自転車歩行者'.repeat(1),
    'annual report cat',
  ])('may be %j', async (password) => {
    expect(await passwordFaults(password, 'anna.smith')).toEqual([]);
  });

  it('is compared with as many common ones as it says', () => {
    const hashes = Buffer.from(COMMON_HASHES, 'base64');
    expect(hashes.length / COMMON_HASH_BYTES).toBe(10_000);
    for (let at = COMMON_HASH_BYTES; at < hashes.length; at += COMMON_HASH_BYTES) {
      const before = hashes.subarray(at - COMMON_HASH_BYTES, at);
      expect(before.compare(hashes.subarray(at, at + COMMON_HASH_BYTES))).toBe(-1);
    }
  });
});
