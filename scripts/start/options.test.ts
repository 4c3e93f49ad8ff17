import { describe, expect, it } from 'vitest';
import { startOptions } from './options.mjs';

const ENV = { NODE_ENV: 'test' } as const;

describe('the options of npm start', () => {
  it('are one node, demo data and 127.0.0.1:3000 by default', () => {
    expect(startOptions([], ENV)).toEqual({ nodes: 1, demo: true, host: '127.0.0.1', port: 3000 });
  });

  it('come from the command line and from PORT and HOST', () => {
    expect(startOptions(['--nodes', '3', '--no-demo'], { ...ENV, PORT: '8080', HOST: 'localhost' })).toEqual({
      nodes: 3,
      demo: false,
      host: 'localhost',
      port: 8080,
    });
    expect(startOptions(['--help'], ENV)).toBe('help');
  });

  it.each([
    [['--nodes', '0'], {}, '--nodes is "0"'],
    [['--nodes=three'], {}, '--nodes is "three"'],
    [['--node', '3'], {}, "Unknown option '--node'"],
    [[], { PORT: '70000' }, 'PORT is "70000"'],
    [[], { PORT: '-1' }, 'PORT is "-1"'],
    [[], { HOST: '0.0.0.0' }, 'it has no sign-in'],
    [[], { HOST: '192.168.1.5' }, 'it has no sign-in'],
    [[], { HOST: 'example.org' }, 'it has no sign-in'],
  ])('%j with %j is refused', (args, env, message) => {
    expect(() => startOptions(args, { ...ENV, ...env })).toThrow(message);
  });
});
