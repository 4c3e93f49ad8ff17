import { describe, expect, it } from 'vitest';
import { REQUEST_BYTES, SHOWN_ROW_BYTES, STATEMENT_CHARACTERS, WRITTEN_ROW_BYTES } from './contract/limits';
import { ConfigurationError, readEnvironment } from './env';

describe('the environment', () => {
  it('may be empty', () => {
    expect(readEnvironment({ PATH: '/bin' })).toEqual({
      RINGSIDE_MAX_REQUEST_BYTES: REQUEST_BYTES,
      RINGSIDE_MAX_STATEMENT_CHARACTERS: STATEMENT_CHARACTERS,
      RINGSIDE_MAX_SHOWN_ROW_BYTES: SHOWN_ROW_BYTES,
      RINGSIDE_MAX_WRITTEN_ROW_BYTES: WRITTEN_ROW_BYTES,
      RINGSIDE_DATA_DIR: '.ringside',
      RINGSIDE_LOG: 'text',
      RINGSIDE_EXPORT_JOBS: 2,
    });
  });

  it('is parsed into typed values', () => {
    const source = {
      RINGSIDE_PORT: '9142',
      RINGSIDE_TLS: 'true',
      RINGSIDE_WRITES: 'no',
    };
    expect(readEnvironment(source)).toMatchObject({
      RINGSIDE_PORT: 9142,
      RINGSIDE_TLS: true,
      RINGSIDE_WRITES: false,
    });
  });

  it.each([
    ['RINGSIDE_PORT', 'ninety'],
    ['RINGSIDE_PORT', '0'],
    ['RINGSIDE_PORT', '65536'],
    ['RINGSIDE_PORT', '9042.5'],
    ['RINGSIDE_TLS', 'maybe'],
    ['RINGSIDE_WRITES', '2'],
    ['RINGSIDE_SECRET', 'short'],
    ['RINGSIDE_MAX_REQUEST_BYTES', '1'],
    ['RINGSIDE_MAX_STATEMENT_CHARACTERS', '1000001'],
    ['RINGSIDE_MAX_SHOWN_ROW_BYTES', '64 MB'],
    ['RINGSIDE_MAX_WRITTEN_ROW_BYTES', '-1'],
  ])('is refused, naming %s, when that is %j', (name, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(ConfigurationError);
    expect(() => readEnvironment({ [name]: value })).toThrow(new RegExp(`^The environment: ${name}: `));
  });

  it('is refused with one line per invalid variable', () => {
    expect(() => readEnvironment({ RINGSIDE_PORT: 'x', RINGSIDE_TLS: 'maybe' })).toThrow(
      /RINGSIDE_PORT.*\n.*RINGSIDE_TLS/,
    );
  });

  it('is refused without repeating a secret', () => {
    expect(() => readEnvironment({ RINGSIDE_SECRET: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
