import { EVENT_TOPICS, type EventTopic } from '@/lib/contract/events';

/** What the events page keeps in its address. */
export interface EventsAddress {
  /** Null: about everything. */
  readonly about: EventTopic | null;
  /** `host:port`. Null: any node. */
  readonly node: string | null;
  /** What the address asks for and no event can be about; null: nothing such. It is only read. */
  readonly unread: string | null;
}

export function readEventsAddress(search: string): EventsAddress {
  const given = new URLSearchParams(search);
  const about = given.get('about');
  const topic = EVENT_TOPICS.find((name) => name === about) ?? null;
  return { about: topic, node: given.get('node'), unread: topic === null ? about : null };
}

/** The query string with `change` in it; what is not of the events stays. */
export function writeEventsAddress(search: string, change: Partial<Omit<EventsAddress, 'unread'>>): string {
  const next = new URLSearchParams(search);
  for (const [name, text] of Object.entries(change)) {
    if (text === null) next.delete(name);
    else next.set(name, text);
  }
  return next.toString();
}
