import type { Classification } from '@/lib/contract/statements';
import { classify } from '@/lib/cql/classifier';
import { classifyOnce } from '@/lib/cql/classify-once';
import { qualify } from '@/lib/cql/qualify';
import type { SchemaLookup } from '@/lib/cql/schema-lookup';
import { parseShellCommand, type ShellCommand } from '@/lib/cql/shell-commands';
import { splitScript } from '@/lib/cql/splitter';
import { plural } from '@/lib/text/format';
import { advanced, isConfirmed, type Run, type RunSettings, type StatementSpan, type Step } from './run';

/** What else decides a run. */
export interface RunContext {
  /** When it is started, ISO 8601 UTC. */
  readonly at: string;
  /** Characters of the document after the place that is run. */
  readonly charactersAfter: number;
  /** The files that SOURCE names and a person opened; null: they chose not to. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Steps of an earlier run of the same statements, which have run and do not run again. */
  readonly earlier: readonly Step[];
  /** Of the cluster; absent while it is not known. */
  readonly schema?: SchemaLookup | undefined;
}

/** A file that opens a file that opens a file … is read this deep. */
const SOURCE_DEPTH = 10;
/** cqlsh's own page, `PAGING ON`. */
const SHELL_PAGE_ROWS = 100;
const MOST_PAGE_ROWS = 10_000;

/** What a script has set up to some statement. */
interface ScriptState {
  settings: RunSettings;
  /** By USE. */
  keyspace: string | null;
  expanded: boolean;
  isOver: boolean;
}

/** Where statements come from: the document at an offset, or an opened file. */
interface Origin {
  readonly start: number | null;
  readonly file: string | null;
  readonly depth: number;
}

type Draft = Omit<Step, 'id'>;

/** A run of the statements at a place of the document. Undefined when it holds none, or others than have run earlier. */
export function planRun(
  id: string,
  documentId: string,
  place: StatementSpan,
  settings: RunSettings,
  context: RunContext,
): Run | undefined {
  const plan = new ScriptPlan(settings, context);
  const drafts = plan.read(place.text, { start: place.start, file: null, depth: 0 });
  if (drafts.length === 0 || !beginsWith(drafts, context.earlier)) return undefined;
  const steps = drafts.map((draft, index): Step => context.earlier[index] ?? { ...draft, id: `${id}/${index}` });
  const { at, charactersAfter, files } = context;
  const { missing } = plan;
  const run = { id, documentId, settings, steps, at, place, charactersAfter, files, missing };
  const question = missing.length > 0 ? 'files' : asksOnce(steps) ? 'writes' : null;
  return question === null ? advanced({ ...run, question }) : { ...run, question };
}

/** What a text sends, and the keyspace of the names that have none; nothing of the files that it opens. */
export function sentStatements(text: string, keyspace: string | null) {
  const plan = new ScriptPlan({ keyspace, consistency: null, pageRows: null, trace: false }, { files: new Map() });
  return plan
    .read(text, { start: 0, file: null, depth: 0 })
    .filter(({ state, problem }) => state.status === 'waiting' && problem === undefined)
    .map((draft) => ({ text: draft.text, keyspace: draft.settings?.keyspace ?? null }));
}

function beginsWith(drafts: readonly Draft[], earlier: readonly Step[]): boolean {
  return earlier.every(({ text }, index) => drafts[index]?.text === text);
}

/** Several statements with a write among them are confirmed once; a single one is asked about by itself. */
function asksOnce(steps: readonly Step[]): boolean {
  const waiting = steps.filter(({ state }) => state.status === 'waiting');
  return waiting.length > 1 && waiting.some(({ classification }) => isConfirmed(classification));
}

class ScriptPlan {
  readonly missing: string[] = [];
  private readonly state: ScriptState;

  constructor(
    settings: RunSettings,
    private readonly given: Pick<RunContext, 'files' | 'schema'>,
  ) {
    this.state = { settings, keyspace: null, expanded: false, isOver: false };
  }

  read(text: string, origin: Origin): Draft[] {
    return splitScript(text).flatMap((statement) => {
      const start = origin.start === null ? -1 : origin.start + statement.start;
      const place = { text: statement.text, start, ...(origin.file === null ? {} : { file: origin.file }) };
      if (this.state.isOver) return noted(place, 'EXIT ended the script before it.');
      const command = parseShellCommand(statement.text);
      return command === undefined ? this.statement(place) : this.command(command, place, origin);
    });
  }

  private statement(place: StatementSpan): Draft {
    const { keyspace, settings, expanded } = this.state;
    const changed = { settings, ...(expanded ? { expanded } : {}) };
    if (keyspace === null) {
      const classification = this.classify(place.text, settings.keyspace);
      return { ...place, ...changed, classification, state: { status: 'waiting' } };
    }
    const { text, insertions, isComplete } = qualify(place.text, keyspace);
    const used = { ...settings, keyspace: isComplete ? null : keyspace };
    const classification = this.classify(text, used.keyspace);
    const written = insertions.length === 0 ? {} : { written: { text: place.text, insertions } };
    return { ...place, text, ...changed, settings: used, ...written, classification, state: { status: 'waiting' } };
  }

  private classify(text: string, keyspace: string | null): Classification {
    return classifyOnce(text, { keyspace: keyspace ?? undefined, schema: this.given.schema });
  }

  private command(command: ShellCommand, place: StatementSpan, origin: Origin): Draft[] {
    switch (command.name) {
      case 'SOURCE':
        return this.source(command.file, place, origin);
      case 'COPY': {
        const keyspace = command.table.keyspace ?? this.state.keyspace ?? this.state.settings.keyspace ?? undefined;
        const copies = { ...command, table: { ...command.table, keyspace } };
        return noted(place, command.direction === 'TO' ? COPY_TO : COPY_FROM, copies);
      }
      case 'EXIT':
        this.state.isOver = true;
        return noted(place, 'The script ends here.');
      case 'SHELL':
        return noted(
          place,
          `${command.command} means something in the shell only: skipped.${SHELL_WORDS[command.command] ?? ''}`,
        );
      case 'MALFORMED': {
        const problem = `Ringside does not understand this ${command.command}. It is written: ${command.form}`;
        return [{ ...place, classification: CHANGES_NOTHING, state: { status: 'waiting' }, problem }];
      }
      default:
        return noted(place, this.set(command));
    }
  }

  /** The statements of a file follow where SOURCE is, and share what the script has set. */
  private source(file: string, place: StatementSpan, { depth }: Origin): Draft[] {
    const text = this.given.files.get(file);
    if (text === undefined) {
      if (!this.missing.includes(file)) this.missing.push(file);
      return noted(place, `Open ${file} to run its statements here.`);
    }
    if (text === null) return noted(place, `${file} was not opened: skipped.`);
    if (depth === SOURCE_DEPTH) return noted(place, `Files open one another more than ${SOURCE_DEPTH} deep: skipped.`);
    const steps = this.read(text, { start: null, file, depth: depth + 1 });
    return [...noted(place, `${plural(steps.length, 'statement')} of ${file} follow.`), ...steps];
  }

  /** Takes over what a command sets, and says so; a command without a value says what is set. */
  private set(command: Extract<ShellCommand, { name: Setting }>): string {
    const { state } = this;
    const put = (settings: Partial<RunSettings>) => {
      state.settings = { ...state.settings, ...settings };
    };
    switch (command.name) {
      case 'USE':
        state.keyspace = command.keyspace;
        return `From here on, names without a keyspace are sent with ${command.keyspace} before them. No connection changes.`;
      case 'CONSISTENCY':
        if (command.level !== null) put({ consistency: command.level });
        return `Consistency level: ${state.settings.consistency ?? 'the cluster’s default'}.`;
      case 'SERIAL CONSISTENCY':
        if (command.level !== null) put({ serialConsistency: command.level });
        return `Serial consistency level: ${state.settings.serialConsistency ?? 'the cluster’s default'}.`;
      case 'PAGING':
        if (command.paging !== null) put({ pageRows: pageRowsOf(command.paging) });
        return pagingWords(command.paging, state.settings.pageRows);
      case 'TRACING':
        if (command.on !== null) put({ trace: command.on });
        return `Tracing is ${state.settings.trace ? 'on' : 'off'}.`;
      case 'EXPAND':
        if (command.on !== null) state.expanded = command.on;
        return `Rows are shown ${state.expanded ? 'one below the other, as records' : 'in a grid'}.`;
      default:
        return command satisfies never;
    }
  }
}

type Setting = 'USE' | 'CONSISTENCY' | 'SERIAL CONSISTENCY' | 'PAGING' | 'TRACING' | 'EXPAND';

const COPY_TO = 'The exports page writes this file: the form there can be filled in from this command.';
const COPY_FROM = 'Ringside cannot load files yet, so nothing was loaded. Use cqlsh for this command.';

/** What to do instead, where Ringside has it. */
const SHELL_WORDS: Readonly<Record<string, string>> = {
  SHOW: ' The release and the nodes are on the overview and ring pages.',
  CAPTURE: ' Each result can be exported.',
  LOGIN: ' Ringside connects as its configuration says.',
};

function pageRowsOf(paging: number | boolean): number {
  if (typeof paging === 'number') return Math.min(paging, MOST_PAGE_ROWS);
  return paging ? SHELL_PAGE_ROWS : MOST_PAGE_ROWS;
}

function pagingWords(paging: number | boolean | null, pageRows: number | null): string {
  const rows = pageRows === null ? 'the cluster’s default' : plural(pageRows, 'row');
  if (paging === false) return `Ringside always reads page by page. Rows per page: ${rows}, the most there can be.`;
  return `Rows per page: ${rows}.`;
}

const CHANGES_NOTHING: Classification = {
  ...classify('LIST ROLES'),
  kind: 'unknown',
  verb: '',
};

function noted(place: StatementSpan, note: string, copies?: Extract<ShellCommand, { name: 'COPY' }>): Draft[] {
  const state = { status: 'noted' as const, note, ...(copies === undefined ? {} : { copies }) };
  return [{ ...place, classification: CHANGES_NOTHING, state }];
}
