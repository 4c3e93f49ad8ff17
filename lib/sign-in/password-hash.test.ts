import { describe, expect, it } from 'vitest';
import { hashPassword, isHash, isPassword, TooBusy } from './password-hash';

describe('the hash of a password', () => {
  it('belongs to that password alone, and each has a salt', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await isPassword('correct horse', one)).toBe(true);
    expect(await isPassword('correct horse ', one)).toBe(false);
    expect(await isPassword('', one)).toBe(false);
  });

  it('is the same for letters that are composed in another way', async () => {
    expect(await isPassword('caf\u00e9', await hashPassword('cafe\u0301'))).toBe(true);
  });

  it('is never that of a name without one', async () => {
    expect(await isPassword('', undefined)).toBe(false);
  });

  it('is refused where it is damaged or would take too much', async () => {
    const hash = await hashPassword('a');
    for (const damaged of [
      '',
      'scrypt',
      hash.slice(0, -1),
      hash.replace('32768', '32769'),
      hash.replace('32768', '65536'),
    ]) {
      expect(isHash(damaged)).toBe(false);
      await expect(isPassword('a', damaged)).rejects.toThrow('damaged');
    }
    expect(isHash(hash)).toBe(true);
  });

  it('is not computed for more than eight at once', async () => {
    const asked = Array.from({ length: 10 }, () => isPassword('a', undefined).catch((error: unknown) => error));
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer instanceof TooBusy)).toHaveLength(2);
  });
});
