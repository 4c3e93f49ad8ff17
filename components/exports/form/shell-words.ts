/** A word of a POSIX shell that means exactly `text`: `it's` → `'it'\''s'`. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As {@link shellQuote}, left bare where no shell sees anything in it. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+-][A-Za-z0-9_./:=@%+-]*$/.test(text) ? text : shellQuote(text);
}
