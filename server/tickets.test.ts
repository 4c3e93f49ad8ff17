import { describe, expect, it } from 'vitest';
import { Tickets } from './tickets.mjs';

describe('a ticket', () => {
  it('works once', () => {
    const tickets = new Tickets();
    const ticket = tickets.make();
    expect([tickets.spend(ticket), tickets.spend(ticket)]).toEqual([true, false]);
    expect(tickets.spend('another')).toBe(false);
  });

  it('is valid for a minute', () => {
    let nowMs = 0;
    const tickets = new Tickets(() => nowMs);
    const [first, second] = [tickets.make(), tickets.make()];
    nowMs = 59_999;
    expect(tickets.spend(first)).toBe(true);
    nowMs = 60_000;
    expect(tickets.spend(second)).toBe(false);
  });

  it('is dropped when a thousand newer ones exist', () => {
    const tickets = new Tickets();
    const [oldest, ...others] = Array.from({ length: 1_001 }, () => tickets.make());
    expect(tickets.spend(oldest ?? '')).toBe(false);
    expect(others.every((ticket) => tickets.spend(ticket))).toBe(true);
  });
});
