import { FolderOpen, ListStart } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Checkbox } from '@/components/ui/input';
import { randomId } from '@/lib/client/random-id';
import { countScript } from '@/lib/cql/splitter';
import { formatCount } from '@/lib/text/format';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import type { ScriptChoiceState } from './script-choice';

interface ScriptControlsProps extends ScriptChoiceState {
  active: Pick<QueryDocument, 'text' | 'keyspace'>;
  running: boolean;
  onRunAll: () => void;
  dispatch: (action: DocumentAction) => void;
}

/** For several statements: run all of them, and what a failure does. A file can be opened at any time. */
export default function ScriptControls({ active, choice, running, onGoesOn, onRunAll, dispatch }: ScriptControlsProps) {
  const { text, keyspace } = active;
  const count = useMemo(() => countScript(text), [text]);
  const [openFile, problem] = useOpenedFile((opened) =>
    dispatch({ type: 'fill', id: randomId(), text: opened, keyspace }),
  );
  useDroppedFile(openFile);
  return (
    <>
      {problem !== null && (
        <p role="alert" className="text-danger text-xs">
          {problem}
        </p>
      )}
      <OpenFile onFile={openFile} />
      {count > 1 && (
        <>
          <Checkbox className="text-xs" checked={choice.goesOn} onChange={({ target }) => onGoesOn(target.checked)}>
            Go on after a failure
          </Checkbox>
          <Button
            size="sm"
            icon={<ListStart size={14} aria-hidden="true" />}
            aria-label={`All ${formatCount(count)} statements: run`}
            disabled={running}
            onClick={onRunAll}
          >
            All {formatCount(count)}
          </Button>
        </>
      )}
    </>
  );
}

function OpenFile({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton size="sm" label="Open a file in a new tab" onClick={() => input.current?.click()}>
        <FolderOpen size={14} aria-hidden="true" />
      </IconButton>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File of statements"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onFile(file);
          // The same file can be opened again.
          target.value = '';
        }}
      />
    </>
  );
}

/** Files that are dropped anywhere on the page. */
function useDroppedFile(onFile: (file: File) => void): void {
  const latest = useRef(onFile);
  useEffect(() => {
    latest.current = onFile;
  });
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const [file] = event.dataTransfer?.files ?? [];
      // A dialog that asks for a file takes it itself.
      const isTaken = event.target instanceof HTMLInputElement && event.target.type === 'file';
      if (file === undefined || isTaken) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(file);
    };
    window.addEventListener('dragover', over, true);
    window.addEventListener('drop', drop, true);
    return () => {
      window.removeEventListener('dragover', over, true);
      window.removeEventListener('drop', drop, true);
    };
  }, []);
}

/** Opens files into tabs of the editor; says why one was not opened. */
function useOpenedFile(open: (text: string) => void): [(file: File) => void, string | null] {
  const [problem, setProblem] = useState<string | null>(null);
  const onFile = (file: File) => {
    void import('./open-file').then(async ({ openFile }) => {
      const opened = await openFile(file);
      setProblem(opened.problem ?? null);
      if (opened.text !== null) open(opened.text);
    });
  };
  return [onFile, problem];
}
