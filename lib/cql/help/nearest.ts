/** Of `names` the one that is `word` with a slip or two of the keyboard; undefined when none is near enough. */
export function nearest(word: string, names: Iterable<string>, slips = word.length < 4 ? 1 : 2): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    if (name === word || Math.abs(name.length - word.length) > slips) continue;
    const distance = distanceOf(word.toLowerCase(), name.toLowerCase());
    if (distance <= slips && (best === undefined || distance < best.distance)) best = { name, distance };
  }
  return best?.name;
}

/** Letters that differ, are missing, are too many or are swapped with a neighbour (restricted Damerau-Levenshtein). */
function distanceOf(one: string, other: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      const steps = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1)];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) steps.push((before[j - 2] ?? 0) + 1);
      row.push(Math.min(...steps));
    }
    [before, last] = [last, row];
  }
  return last[other.length] ?? 0;
}
