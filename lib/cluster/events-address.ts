import { EVENT_TOPICS, type EventTopic } from '@/lib/contract/events';

/** What the events page keeps in its address. */
export interface EventsAddress {
  /** Null: about everything. */
  readonly about: EventTopic | null;
  /** `host:port`. Null: any node. */
  readonly node: string | null;
}

export function readEventsAddress(search: string): EventsAddress {
  const given = new URLSearchParams(search);
  const about = given.get('about');
  return { about: EVENT_TOPICS.find((name) => name === about) ?? null, node: given.get('node') };
}

/** The query string with `change` in it; what is not of the events stays. */
export function writeEventsAddress(search: string, change: Partial<EventsAddress>): string {
  const next = new URLSearchParams(search);
  for (const [name, text] of Object.entries(change)) {
    if (text === null) next.delete(name);
    else next.set(name, text);
  }
  return next.toString();
}
