import { describe, expect, it } from 'vitest';
import { javaCandidates, javaForNodetool, parseJavaVersion } from './java.mjs';

describe('the release of a Java', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
    ['openjdk version "11.0.13" 2021-10-19', 11],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_402"', 8],
    ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "17" 2021-09-14', 17],
    ['bash: java: command not found', undefined],
  ])('is read from %j', (text, release) => {
    expect(parseJavaVersion(text)).toBe(release);
  });
});

describe('where Java is looked for', () => {
  it('is JAVA_HOME, then the PATH, each folder once', () => {
    expect(javaCandidates({ NODE_ENV: 'test', JAVA_HOME: '/opt/jdk', PATH: '/usr/bin:/opt/jdk/bin::/bin' })).toEqual([
      '/opt/jdk/bin/java',
      '/usr/bin/java',
      '/bin/java',
    ]);
    expect(javaCandidates({ NODE_ENV: 'test' })).toEqual([]);
  });
});

describe('the Java of nodetool', () => {
  it('is the server’s where the machine has none', async () => {
    const server = { path: '/cache/java-11/bin/java', major: 11 };
    expect(await javaForNodetool(server, { NODE_ENV: 'test', PATH: '' })).toBe(server);
  });
});
