/** Chromium traces, recorded through the DevTools protocol, and what they say about frames and tasks. */

import { round } from './support/measure.mjs';

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'devtools.timeline.frame',
  'blink.user_timing',
  '__metadata',
];
const CHUNK_BYTES = 1 << 20;

/** @typedef {{ name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number, args?: { name?: unknown } }} TraceEvent */

/**
 * @param {import('playwright').CDPSession} session
 * @returns {Promise<() => Promise<string>>} ends the trace and returns its JSON
 */
export async function startTrace(session) {
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    const { stream } = await complete;
    /** @type {Buffer[]} */
    const parts = [];
    for (;;) {
      const { data, eof, base64Encoded } = await session.send('IO.read', { handle: stream, size: CHUNK_BYTES });
      parts.push(Buffer.from(data, base64Encoded ? 'base64' : 'utf8'));
      if (eof) break;
    }
    await session.send('IO.close', { handle: stream });
    return Buffer.concat(parts).toString('utf8');
  };
}

/** @param {string} json @returns {TraceEvent[]} */
export function eventsOf(json) {
  const trace = JSON.parse(json);
  return Array.isArray(trace) ? trace : trace.traceEvents;
}

/** Marks set by the page (`performance.mark`) around what is measured. */
export const MOVES = 'moves';
export const RESTS = 'rests';

/**
 * Milliseconds between frames drawn while the page {@link MOVES}, and the tasks of its main thread: in wall-clock time, and
 * in processor time, which other processes on the machine cannot lengthen.
 * @param {readonly TraceEvent[]} events
 */
export function summaryOf(events) {
  const main = busiestMain(events);
  const gaps = frameGaps(events.filter(({ pid }) => pid === main?.pid)).sort((a, b) => a - b);
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && pid === main?.pid && tid === main.tid);
  const clockMs = tasks.map(({ dur = 0 }) => dur / 1_000).sort((a, b) => b - a);
  const workMs = tasks.map(({ tdur = 0 }) => tdur / 1_000).sort((a, b) => b - a);
  return {
    frames: gaps.length,
    frameMsP50: round(at(gaps, 0.5)),
    frameMsP99: round(at(gaps, 0.99)),
    longestTaskMs: round(clockMs[0] ?? 0),
    tasksOver16Ms: clockMs.filter((ms) => ms > TASK_LIMIT_MS).length,
    longestTaskWorkMs: round(workMs[0] ?? 0),
    tasksOver16MsOfWork: workMs.filter((ms) => ms > TASK_LIMIT_MS).length,
  };
}

/** Gaps between frames of one move; an idle page need not draw. @param {readonly TraceEvent[]} events */
function frameGaps(events) {
  const told = events.filter(({ name }) => name === 'DrawFrame' || name === MOVES || name === RESTS);
  told.sort((a, b) => a.ts - b.ts);
  /** @type {number[]} */
  const gaps = [];
  let moves = false;
  /** @type {number | undefined} */
  let last;
  for (const { name, ts } of told) {
    if (name === 'DrawFrame') {
      if (moves && last !== undefined) gaps.push((ts - last) / 1_000);
      last = ts;
    } else {
      moves = name === MOVES;
      last = undefined;
    }
  }
  return gaps;
}

const TASK_LIMIT_MS = 16;

/** Mark set by the page as it gets a key. */
export const KEY = 'key';

/**
 * For each {@link KEY} the processor time of the main thread's tasks until the next one: all of it, and of the longest task.
 * @param {readonly TraceEvent[]} events
 */
export function worksOfKeys(events) {
  const main = busiestMain(events);
  const own = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid);
  const keys = own.filter(({ name }) => name === KEY).sort((a, b) => a.ts - b.ts);
  const tasks = own.filter(({ name }) => name === 'RunTask');
  return keys.map(({ ts }, index) => {
    const until = keys[index + 1]?.ts ?? Number.POSITIVE_INFINITY;
    // The task that brings the key begins before the mark.
    const ofKey = tasks.filter((task) => task.ts + (task.dur ?? 0) > ts && task.ts + (task.dur ?? 0) <= until);
    const workMs = ofKey.map(({ tdur = 0 }) => tdur / 1_000);
    return { sumMs: workMs.reduce((sum, ms) => sum + ms, 0), longestMs: Math.max(0, ...workMs) };
  });
}

/** The busiest renderer's main thread is the page's. @param {readonly TraceEvent[]} events */
function busiestMain(events) {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  /** @param {TraceEvent} thread */
  const work = ({ pid, tid }) =>
    events.reduce((sum, event) => (event.pid === pid && event.tid === tid ? sum + (event.dur ?? 0) : sum), 0);
  return mains.map((thread) => ({ thread, work: work(thread) })).sort((a, b) => b.work - a.work)[0]?.thread;
}

/** @param {readonly number[]} sorted @param {number} share */
function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
