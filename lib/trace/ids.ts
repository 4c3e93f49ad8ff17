const UUID = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/;

/** The one UUID in a text that somebody pasted: `Tracing session: 4f5c…`, quoted, or the UUID alone. Null without one. */
export function traceIdIn(text: string): string | null {
  return UUID.exec(text)?.[0].toLowerCase() ?? null;
}

/** Whether a text is a UUID and nothing else. */
export function isTraceId(text: string): boolean {
  return text.length === 36 && UUID.test(text);
}
