import { randomId } from '@/lib/client/random-id';
import type { QueryRequest } from '@/lib/contract/reads';
import type { SchemaLookup } from '@/lib/cql/schema-lookup';
import { Listeners } from '@/lib/listeners';
import type { ReadState } from '@/lib/reader/read-state';
import { ResultReader } from '@/lib/reader/result-reader';
import { runningReads } from '@/lib/reader/running-reads';
import type { ResultSource } from '@/lib/reader/source';
import {
  currentStep,
  type Run,
  type RunAction,
  type RunSettings,
  runReducer,
  type StatementSpan,
  type Step,
  type StepEnd,
} from './run';
import { stepEnd } from './step-end';

export interface SessionState {
  readonly run: Run | null;
  /** The result of each step that has begun, by step id. */
  readonly readers: ReadonlyMap<string, ResultReader>;
}

/** Loads beside the page. */
const loadEngine = () => import('./run-engine');
type Engine = Awaited<ReturnType<typeof loadEngine>>;

/** Called when a step comes to rest, and again after a paused result was read on. */
export type OnStepEnd = (run: Run, step: Step, end: StepEnd, startedAt: string) => void;

/**
 * Runs statements one after another. It lives outside of components, because a statement must be sent exactly once
 * whatever is on screen. A new run ends the previous one.
 */
export class RunSession {
  private state: SessionState = { run: null, readers: new Map() };
  private readonly listeners = new Listeners();
  private engine: Engine | undefined;
  private starts = 0;

  constructor(
    private readonly cluster: string,
    private onEnd: OnStepEnd,
  ) {}

  /** A page shows it, again or for the first time, and is who hears of steps that end. */
  enter(onEnd: OnStepEnd): void {
    this.onEnd = onEnd;
    for (const reader of this.state.readers.values()) {
      const isLeft = runningReads.find(reader.source.key) === reader;
      if (isLeft || isReadingOn(reader)) runningReads.show(reader, here);
    }
  }

  /** The page that shows it is gone: reads to the end go on, all others end. @returns whether any goes on */
  leave(): boolean {
    // What waits to start does not start unseen.
    this.starts += 1;
    const readers = [...this.state.readers.values()];
    const goesOn = readers.some(isReadingOn);
    for (const reader of readers) runningReads.leave(reader);
    return goesOn;
  }

  readonly getState = (): SessionState => this.state;

  readonly subscribe = this.listeners.subscribe;

  /** Loads what a run needs. */
  async prepare(): Promise<Engine> {
    this.engine ??= await loadEngine();
    return this.engine;
  }

  /** Nothing is sent before the code that analyses statements is here. Of several starts meanwhile the last one counts. */
  async start(place: StatementSpan, documentId: string, settings: RunSettings, schema?: SchemaLookup): Promise<void> {
    this.starts += 1;
    const turn = this.starts;
    const { planRun } = await this.prepare();
    if (turn !== this.starts) return;
    const run = planRun(randomId(), documentId, place, settings, schema);
    if (run === undefined) return;
    this.dispose();
    this.set({ run, readers: new Map() });
    this.launch();
  }

  confirm(stepId: string, name: string | undefined): void {
    this.dispatch({ type: 'confirm', stepId, ...(name === undefined ? {} : { name }) });
  }

  decline(stepId: string): void {
    this.dispatch({ type: 'decline', stepId });
  }

  /** Stops the running statement; its rows stay, and the statements after it do not run. */
  stop(): void {
    const step = currentStep(this.state.run);
    if (step !== undefined) this.state.readers.get(step.id)?.stop();
  }

  /** Stops every read; results stay as they are. */
  dispose(): void {
    for (const reader of this.state.readers.values()) runningReads.end(reader);
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
    if (engine === undefined || run === null || step?.state.status !== 'running' || readers.has(step.id)) return;
    const reader = new ResultReader(sourceOf(engine.queryPath(this.cluster), run.settings, step));
    this.set({ run, readers: new Map(readers).set(step.id, reader) });
    this.follow(step, reader);
    reader.start();
  }

  private follow({ id: stepId, classification }: Step, reader: ResultReader): void {
    let phase: ReadState['phase'] = 'reading';
    let spentMs = 0;
    let sinceMs = Date.now();
    const sentMs = sinceMs;
    const startedAt = new Date(sinceMs).toISOString();
    reader.subscribe(() => {
      const { reading } = reader.getState();
      if (reading.phase === phase) return;
      phase = reading.phase;
      if (isReadingOn(reader)) runningReads.show(reader, here);
      if (phase === 'reading') sinceMs = Date.now();
      else spentMs += Date.now() - sinceMs;
      const firstRowMs = reading.asOfMs === null ? null : Math.max(0, reading.asOfMs - sentMs);
      const end = stepEnd(reading, { firstRowMs, elapsedMs: spentMs }, classification);
      if (end !== undefined) this.settle(stepId, end, startedAt);
    });
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
    if (!asks) this.onEnd(run, step, end, startedAt);
    this.launch();
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

function sourceOf(path: string, settings: RunSettings, { id, text, classification, confirmation }: Step) {
  const { keyspace, consistency, pageRows, trace, serialConsistency = null, timeoutMs = null } = settings;
  const values = settings.bound?.get(text);
  const body = {
    statement: text,
    ...(keyspace === null ? {} : { keyspace }),
    ...(consistency === null ? {} : { consistency }),
    ...(pageRows === null ? {} : { pageRows }),
    ...(trace ? { trace } : {}),
    ...(serialConsistency === null ? {} : { serialConsistency }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
    ...(confirmation === undefined ? {} : { confirm: { ...confirmation } }),
    ...(values === undefined ? {} : { params: values.params, unset: [...values.unset] }),
  } satisfies QueryRequest;
  const source: ResultSource = {
    key: id,
    label: text,
    path,
    body,
    repeatable: !classification.isWrite,
  };
  return source;
}
