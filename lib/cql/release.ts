/**
 * Whether a server of `release` (`4.1.10`, `5.0-beta1`) has what `first` (`5.0`) introduced; undefined if the release is
 * unknown.
 */
export function isSince(release: string | null, first: string): boolean | undefined {
  const [own, wanted] = [numbersOf(release ?? ''), numbersOf(first)];
  if (own === undefined || wanted === undefined) return undefined;
  return own.major === wanted.major ? own.minor >= wanted.minor : own.major > wanted.major;
}

function numbersOf(release: string): { major: number; minor: number } | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
