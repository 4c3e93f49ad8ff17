/** A name as it stands in a URL's path, decoded; undefined when it is not there or not well-formed. */
export function decodeSegment(value: string | string[] | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    // A lone % and the like: no name that Ringside wrote, so nothing by this name exists.
    return undefined;
  }
}
