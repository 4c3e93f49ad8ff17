import { useMemo } from 'react';
import type { Edit, Suggestion } from '@/lib/cql/help/help';
import { placeBefore } from '@/lib/cql/insertions';
import type { ErrorMark } from '@/lib/workbench/error-range';
import type { Step } from '@/lib/workbench/run';
import type { ErrorMarker } from '../editor/use-error-marker';

/** Shows and fixes the mistake of a failed statement in the editor. */
export interface FailurePlace {
  readonly onMark: (mark: ErrorMark) => void;
  readonly onGoTo: (mark: ErrorMark) => void;
  readonly onApply: (suggestion: Suggestion) => boolean;
}

/** The places of a step in the document. What was put in after USE is not there, and a file's statements are nowhere. */
export function useFailurePlace({ text, start, written, file }: Step, errorPlace: ErrorMarker): FailurePlace {
  return useMemo((): FailurePlace => {
    const place = { text: written?.text ?? text, start };
    const insertions = written?.insertions ?? [];
    const inDocument = (mark: ErrorMark): ErrorMark => {
      const { range } = mark;
      if (range === null) return mark;
      return { ...mark, range: { from: placeBefore(range.from, insertions), to: placeBefore(range.to, insertions) } };
    };
    const edit = (given: Edit): Edit => ({ ...given, start: placeBefore(given.start, insertions) });
    if (file !== undefined) return { onMark: () => undefined, onGoTo: () => undefined, onApply: () => false };
    return {
      onMark: (mark) => errorPlace.mark(place, inDocument(mark)),
      onGoTo: (mark) => errorPlace.goTo(place, inDocument(mark)),
      onApply: (suggestion) =>
        errorPlace.apply(place, { ...suggestion, edits: suggestion.edits.map((given) => edit(given)) }),
    };
  }, [text, start, written, file, errorPlace]);
}
