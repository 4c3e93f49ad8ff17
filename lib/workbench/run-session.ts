import { randomId } from '@/lib/client/random-id';
import type { SchemaLookup } from '@/lib/cql/schema-lookup';
import { Listeners } from '@/lib/listeners';
import type { ReadState } from '@/lib/reader/read-state';
import { ResultReader } from '@/lib/reader/result-reader';
import { runningReads } from '@/lib/reader/running-reads';
import type { ResultSource } from '@/lib/reader/source';
import {
  currentStep,
  isUnfinished,
  type Run,
  type RunAction,
  type RunSettings,
  runReducer,
  type StatementSpan,
  type Step,
  type StepEnd,
} from './run';
import { stepEnd } from './step-end';
import { requestOf } from './step-request';

export interface SessionState {
  readonly run: Run | null;
  /** The result of each step that has begun, by step id; of many, the latest. */
  readonly readers: ReadonlyMap<string, ResultReader>;
}

export interface SessionEvents {
  /** A step came to rest, or again after a paused result was read on. */
  readonly onStepEnd: (run: Run, step: Step, end: StepEnd, startedAt: string) => void;
  /** Nothing of a run is left to do. */
  readonly onRunEnd: (run: Run) => void;
}

/** Where what is run comes from. */
interface RunOrigin {
  readonly documentId: string;
  /** Of the document, after the place that is run. */
  readonly charactersAfter: number;
  /** Of the cluster, maybe on its way; absent where it cannot be known. */
  readonly schema?: SchemaLookup | Promise<SchemaLookup | undefined> | undefined;
}

/** Code of a run, loaded beside the page. */
const loadEngine = () => import('./run-engine');
type Engine = Awaited<ReturnType<typeof loadEngine>>;

/** Results with rows that are kept of a run, the latest; the others can be read again. */
const KEPT_RESULTS = 50;

/** How long Stop waits until it is known how all statements of a request ended. */
const STOP_MS = 2_000;

/** Statements on their way in one request. */
interface Sending {
  readonly id: string;
  readonly abort: AbortController;
  isStopped: boolean;
}

/**
 * Runs statements one after another. It lives outside of components, because a statement must be sent exactly once
 * whatever is on screen. A new run ends the previous one.
 */
export class RunSession {
  private state: SessionState = { run: null, readers: new Map() };
  private readonly listeners = new Listeners();
  private engine: Engine | undefined;
  private sending: Sending | null = null;
  private starts = 0;

  constructor(
    private readonly cluster: string,
    private events: SessionEvents,
  ) {}

  /** A page shows it, again or for the first time, and is who hears of what ends. */
  enter(events: SessionEvents): void {
    this.events = events;
    for (const reader of this.state.readers.values()) {
      const isLeft = runningReads.find(reader.source.key) === reader;
      if (isLeft || isReadingOn(reader)) runningReads.show(reader, here);
    }
  }

  /**
   * The page that shows it is gone: reads to the end go on, all else ends.
   * @returns whether the page should find it again: something goes on, or a script was stopped midway
   */
  leave(): boolean {
    // What waits to start does not start unseen.
    this.starts += 1;
    const readers = [...this.state.readers.values()];
    const isKept = readers.some(isReadingOn) || this.sending !== null;
    if (this.sending !== null) this.stop();
    for (const reader of readers) runningReads.leave(reader);
    return isKept;
  }

  readonly getState = (): SessionState => this.state;

  readonly subscribe = this.listeners.subscribe;

  /** Loads what a run needs. */
  async prepare(): Promise<Engine> {
    this.engine ??= await loadEngine();
    return this.engine;
  }

  /**
   * Nothing is sent before the code that analyses statements is here, and the schema that it needs. Of several starts
   * meanwhile the last one counts.
   */
  async start(place: StatementSpan, from: RunOrigin, settings: RunSettings): Promise<void> {
    this.starts += 1;
    const turn = this.starts;
    const { documentId, charactersAfter } = from;
    const [{ planRun }, schema] = await Promise.all([this.prepare(), from.schema]);
    if (turn !== this.starts) return;
    const context = { at: now(), charactersAfter, schema, files: new Map(), earlier: [] };
    const run = planRun(randomId(), documentId, place, settings, context);
    if (run !== undefined) this.begin(run, new Set());
  }

  /**
   * Runs the statements from the first unfinished one on, as the document has them now. What ran before stays.
   * @returns false where the statements before it are not those that ran
   */
  async continue(document: string, schema?: SchemaLookup): Promise<boolean> {
    const { planRun } = await this.prepare();
    const { run } = this.state;
    if (run === null || currentStep(run) !== undefined) return false;
    const { place, charactersAfter, files, settings } = run;
    const text = document.slice(place.start, Math.max(place.start, document.length - charactersAfter));
    const unfinished = run.steps.findIndex(isUnfinished);
    const earlier = run.steps.slice(0, unfinished < 0 ? run.steps.length : unfinished);
    const context = { at: now(), charactersAfter, files, earlier, schema };
    const next = planRun(randomId(), run.documentId, { text, start: place.start }, settings, context);
    if (next === undefined) return false;
    this.begin(next, new Set(earlier.map(({ id }) => id)));
    return true;
  }

  /** Goes on with the files that SOURCE names; null: a file is left out. */
  async open(files: ReadonlyMap<string, string | null>, schema?: SchemaLookup): Promise<void> {
    const { planRun } = await this.prepare();
    const { run } = this.state;
    if (run === null || run.question !== 'files') return;
    const earlier = run.steps.filter(({ state }) => state.status === 'ended');
    const context = { ...run, files: new Map([...run.files, ...files]), earlier, schema };
    const next = planRun(run.id, run.documentId, run.place, run.settings, context);
    if (next !== undefined) this.begin(next, new Set(earlier.map(({ id }) => id)));
  }

  /** Confirms every write of a script. */
  agree(): void {
    this.dispatch({ type: 'agree' });
  }

  /** Runs nothing of a script. */
  refuse(): void {
    this.dispatch({ type: 'refuse' });
  }

  confirm(stepId: string, name: string | undefined): void {
    this.dispatch({ type: 'confirm', stepId, ...(name === undefined ? {} : { name }) });
  }

  decline(stepId: string): void {
    this.dispatch({ type: 'decline', stepId });
  }

  /** Reads a result again that is no longer kept, or no longer true. Only for statements that change nothing. */
  again(stepId: string): void {
    const { engine } = this;
    const { run, readers } = this.state;
    const before = readers.get(stepId);
    const step = run?.steps.find(({ id }) => id === stepId);
    if (engine === undefined || run === null || step === undefined || step.classification.isWrite) return;
    this.read(engine, run, step);
    if (before !== undefined) runningReads.end(before);
  }

  /** Stops the running statement; its rows stay, and the statements after it do not run. */
  stop(): void {
    if (this.sending !== null) {
      this.stopSending(this.sending);
      return;
    }
    const step = currentStep(this.state.run);
    if (step !== undefined) this.state.readers.get(step.id)?.stop();
  }

  /** Asks the server to send no more; if that takes too long, the request is cut off. */
  private stopSending(sending: Sending): void {
    if (sending.isStopped) return;
    sending.isStopped = true;
    const cutOff = () => sending.abort.abort(STOPPED);
    setTimeout(cutOff, STOP_MS);
    this.engine?.stopTogether(this.cluster, sending.id).catch(cutOff);
  }

  /** Stops every read; results stay as they are. */
  dispose(): void {
    this.sending?.abort.abort(STOPPED);
    for (const reader of this.state.readers.values()) runningReads.end(reader);
  }

  private begin(run: Run, kept: ReadonlySet<string>): void {
    const readers = new Map([...this.state.readers].filter(([id]) => kept.has(id)));
    this.sending?.abort.abort(STOPPED);
    this.sending = null;
    for (const [id, reader] of this.state.readers) if (!kept.has(id)) runningReads.end(reader);
    this.set({ run, readers });
    this.launch();
  }

  private dispatch(action: RunAction): void {
    this.set({ ...this.state, run: runReducer(this.state.run, action) });
    this.launch();
  }

  /** Sends the statement whose turn it is, once. */
  private launch(): void {
    const { engine } = this;
    const { run, readers } = this.state;
    const step = currentStep(run);
    if (engine === undefined || run === null || run.question !== null || this.sending !== null) return;
    if (step === undefined) {
      this.events.onRunEnd(run);
      return;
    }
    if (step.state.status !== 'running' || readers.has(step.id)) return;
    const together = engine.stepsTogether(run, step);
    if (together.length > 1) void this.send(run, together);
    else this.read(engine, run, step);
  }

  private read({ queryPath }: Engine, run: Run, step: Step): void {
    const reader = new ResultReader(sourceOf(queryPath(this.cluster), run, step));
    const readers = new Map(this.state.readers).set(step.id, reader);
    for (const id of leaving(run, readers)) {
      const reader = readers.get(id);
      if (reader !== undefined) runningReads.end(reader);
      readers.delete(id);
    }
    this.set({ run, readers });
    this.follow(step, reader);
    reader.start();
  }

  /** Sends statements in one request. Whatever it comes to, none of them is sent a second time. */
  private async send(run: Run, steps: readonly Step[]): Promise<void> {
    const sending: Sending = { id: randomId(), abort: new AbortController(), isStopped: false };
    this.sending = sending;
    const { EndsInGroups, lostEnd, sendTogether } = await this.prepare();
    const ends = new EndsInGroups(steps, (action) => this.sending === sending && this.dispatch(action));
    try {
      const statements = steps.map((step) => requestOf(run, step));
      const request = { id: sending.id, statements, goesOn: run.settings.goesOn ?? false };
      for await (const end of sendTogether(this.cluster, request, sending.abort.signal)) ends.add(end);
      ends.show();
    } catch (error) {
      if (this.sending !== sending) return;
      ends.show();
      ends.addEnd(lostEnd(error, sending.isStopped));
      ends.show();
      // Whatever a person chose for statements that fail: the others would be lost as well.
      if (!sending.isStopped) this.dispatch({ type: 'halt', reason: LOST });
    }
    if (this.sending !== sending) return;
    this.sending = null;
    if (sending.isStopped) this.dispatch({ type: 'halt' });
    else this.launch();
  }

  private follow({ id: stepId, classification }: Step, reader: ResultReader): void {
    let phase: ReadState['phase'] = 'reading';
    let spentMs = 0;
    let sinceMs = Date.now();
    const sentMs = sinceMs;
    const startedAt = new Date(sinceMs).toISOString();
    reader.subscribe(() => {
      const { reading } = reader.getState();
      if (reading.phase === phase || this.isReplaced(stepId, reader)) return;
      phase = reading.phase;
      if (isReadingOn(reader)) runningReads.show(reader, here);
      if (phase === 'reading') sinceMs = Date.now();
      else spentMs += Date.now() - sinceMs;
      const firstRowMs = reading.asOfMs === null ? null : Math.max(0, reading.asOfMs - sentMs);
      const end = stepEnd(reading, { firstRowMs, elapsedMs: spentMs }, classification);
      if (end !== undefined) this.settle(stepId, end, startedAt);
    });
  }

  /** Its statement is being read again: how it ends is nobody's news. */
  private isReplaced(stepId: string, reader: ResultReader): boolean {
    const now = this.state.readers.get(stepId);
    return now !== undefined && now !== reader;
  }

  private settle(stepId: string, end: StepEnd, startedAt: string): void {
    const { run, readers } = this.state;
    const step = run?.steps.find(({ id }) => id === stepId);
    if (run === null || step === undefined) return;
    const next = runReducer(run, { type: 'end', stepId, end });
    const asks = next?.steps.find(({ id }) => id === stepId)?.state.status === 'asking';
    // Nothing ran: it is sent again once it has been confirmed.
    const kept = asks ? new Map([...readers].filter(([id]) => id !== stepId)) : readers;
    this.set({ run: next, readers: kept });
    if (!asks) this.events.onStepEnd(run, step, end, startedAt);
    // A result that is read on, or again, moves nothing.
    if (step.state.status !== 'ended') this.launch();
  }

  private set(state: SessionState): void {
    this.state = state;
    this.listeners.notify();
  }
}

/** It was asked to read on to the end: it is found in the tray, and outlives its page. */
function isReadingOn(reader: ResultReader): boolean {
  const { phase, mode } = reader.getState().reading;
  return phase === 'reading' && mode === 'on';
}

function here(): string {
  return window.location.pathname + window.location.search;
}

const LOST = 'The request for the statements before it failed.';
const STOPPED = new Error('The script was stopped.');

function now(): string {
  return new Date().toISOString();
}

/** Steps whose results leave memory: those that ended, the earliest first, beyond {@link KEPT_RESULTS}. */
function leaving(run: Run, readers: ReadonlyMap<string, ResultReader>): readonly string[] {
  if (readers.size <= KEPT_RESULTS) return [];
  const ended = new Set(run.steps.filter(({ state }) => state.status === 'ended').map(({ id }) => id));
  return [...readers.keys()].filter((id) => ended.has(id)).slice(0, readers.size - KEPT_RESULTS);
}

function sourceOf(path: string, run: Run, step: Step): ResultSource {
  return {
    key: step.id,
    label: step.text,
    path,
    body: requestOf(run, step),
    repeatable: !step.classification.isWrite,
  };
}
