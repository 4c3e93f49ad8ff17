import { type EditorState, type Extension, RangeSetBuilder, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { type StatementSpan, statementAt } from '@/lib/cql/splitter';

interface ActiveStatement {
  readonly span: StatementSpan | undefined;
  readonly decorations: DecorationSet;
}

const statementLine = Decoration.line({ class: 'cm-statement' });

/** The statement at the cursor, worked out once per state: it is what Run runs, and its lines are marked. */
const activeStatementField = StateField.define<ActiveStatement>({
  create: activeStatement,
  update(value, transaction) {
    return transaction.docChanged || transaction.selection !== undefined ? activeStatement(transaction.state) : value;
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

export const markActiveStatement: Extension = activeStatementField;

export function statementAtCursor(state: EditorState): StatementSpan | undefined {
  return state.field(activeStatementField).span;
}

function activeStatement(state: EditorState): ActiveStatement {
  const span = statementAt(state.doc.toString(), state.selection.main.head);
  const builder = new RangeSetBuilder<Decoration>();
  if (span !== undefined) {
    const last = state.doc.lineAt(span.end).number;
    for (let line = state.doc.lineAt(span.start).number; line <= last; line++) {
      const { from } = state.doc.line(line);
      builder.add(from, from, statementLine);
    }
  }
  return { span, decorations: builder.finish() };
}
