import { describe, expect, it } from 'vitest';
import { checkNode, missingPackages, npmCommand, reasonIn } from './install.mjs';

describe('the version of Node', () => {
  it.each(['v20.9.0', 'v20.20.2', 'v22.0.0', 'v100.1.0'])('%s is new enough', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it.each(['v20.8.1', 'v18.20.0', 'v9.99.0'])('%s is too old', (version) => {
    expect(() => checkNode(version)).toThrow(`This is Node ${version}; Ringside needs 20.9 or newer.`);
  });
});

describe('what the lock has and node_modules lacks', () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/a/node_modules/b': { version: '2.0.0' },
      'node_modules/native-darwin': { version: '1.0.0', optional: true },
    },
  };

  it('is everything if nothing is installed', () => {
    expect(missingPackages(wanted, undefined)).toEqual(['node_modules/a', 'node_modules/a/node_modules/b']);
  });

  it('is nothing if all is there; packages for other systems may be absent', () => {
    const { 'node_modules/native-darwin': _, ...packages } = wanted.packages;
    expect(missingPackages(wanted, { packages })).toEqual([]);
  });

  it('includes packages of another version', () => {
    const packages = { ...wanted.packages, 'node_modules/a': { version: '1.2.4' } };
    expect(missingPackages(wanted, { packages })).toEqual(['node_modules/a']);
  });
});

describe('npm', () => {
  it('is the npm that runs the script, never a yarn or pnpm', () => {
    expect(npmCommand({ NODE_ENV: 'test', npm_execpath: '/lib/npm/bin/npm-cli.js' })).toEqual([
      process.execPath,
      '/lib/npm/bin/npm-cli.js',
    ]);
    expect(npmCommand({ NODE_ENV: 'test', npm_execpath: '/lib/pnpm/bin/pnpm.cjs' })).toEqual(['npm']);
    expect(npmCommand({ NODE_ENV: 'test' })).toEqual(['npm']);
  });

  it('says first what is wrong', () => {
    const output = 'npm warn deprecated x\nnpm error code EUSAGE\nnpm error\nnpm error Missing: a@1 from lock file';
    expect(reasonIn(output)).toBe('code EUSAGE\n    Missing: a@1 from lock file');
    expect(reasonIn('killed')).toBe('killed');
  });
});
