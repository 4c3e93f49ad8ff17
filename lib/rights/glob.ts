/** Whether a name is one of these, in which `*` stands for any letters. Takes time in proportion to the name. */
export function matches(globs: readonly string[], name: string): boolean {
  return globs.some((glob) => isMatch(glob, name));
}

/** Greedy from the left is enough: what a star skips, a later star could skip as well. */
function isMatch(glob: string, name: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
