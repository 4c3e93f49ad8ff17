/** A name from a URL's path, decoded; undefined when it is missing or malformed. */
export function decodeSegment(value: string | string[] | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    // A lone % and the like: Ringside never writes such a name, so nothing by this name exists.
    return undefined;
  }
}
