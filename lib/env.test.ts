import { describe, expect, it } from 'vitest';
import { REQUEST_BYTES, SHOWN_ROW_BYTES, STATEMENT_CHARACTERS, WRITTEN_ROW_BYTES } from './contract/limits';
import { ConfigurationError, readEnvironment } from './env';

describe('the environment', () => {
  it('needs nothing', () => {
    expect(readEnvironment({ PATH: '/bin' })).toEqual({
      RINGSIDE_MAX_REQUEST_BYTES: REQUEST_BYTES,
      RINGSIDE_MAX_STATEMENT_CHARACTERS: STATEMENT_CHARACTERS,
      RINGSIDE_MAX_SHOWN_ROW_BYTES: SHOWN_ROW_BYTES,
      RINGSIDE_MAX_WRITTEN_ROW_BYTES: WRITTEN_ROW_BYTES,
      ...{ RINGSIDE_DATA_DIR: '.ringside', RINGSIDE_EXPORT_JOBS: 2 },
    });
  });

  it('turns text into what it means', () => {
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
  ])('names %s when it holds %j', (name, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(ConfigurationError);
    expect(() => readEnvironment({ [name]: value })).toThrow(new RegExp(`^The environment: ${name}: `));
  });

  it('names every variable at fault, a line each', () => {
    expect(() => readEnvironment({ RINGSIDE_PORT: 'x', RINGSIDE_TLS: 'maybe' })).toThrow(
      /RINGSIDE_PORT.*\n.*RINGSIDE_TLS/,
    );
  });

  it('does not repeat a secret that it refuses', () => {
    expect(() => readEnvironment({ RINGSIDE_SECRET: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
