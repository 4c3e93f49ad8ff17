import { describe, expect, it } from 'vitest';
import { Listeners } from './listeners';

describe('listeners', () => {
  it('are called on each change until they leave', () => {
    const listeners = new Listeners();
    const heard: string[] = [];
    const leaveFirst = listeners.subscribe(() => heard.push('first'));
    listeners.subscribe(() => heard.push('second'));
    listeners.notify();
    leaveFirst();
    listeners.notify();
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  it('need what they are attached to only while there is one, and leave it once', () => {
    const done: string[] = [];
    const listeners = new Listeners(() => {
      done.push('attached');
      return () => done.push('detached');
    });
    const leave = [listeners.subscribe(() => undefined), listeners.subscribe(() => undefined)];
    for (const each of [...leave, ...leave]) each();
    expect(done).toEqual(['attached', 'detached']);
    listeners.subscribe(() => undefined)();
    expect(done).toEqual(['attached', 'detached', 'attached', 'detached']);
  });

  it('may leave while they are called', () => {
    const listeners = new Listeners();
    const heard: string[] = [];
    const leave = listeners.subscribe(() => {
      heard.push('once');
      leave();
    });
    listeners.subscribe(() => heard.push('always'));
    listeners.notify();
    listeners.notify();
    expect(heard).toEqual(['once', 'always', 'always']);
  });
});
