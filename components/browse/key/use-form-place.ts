import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';

/** Where the focus of the key form goes, and whether a narrow screen shows its fields. */
export function useFormPlace() {
  const form = useRef<HTMLFormElement>(null);
  const [unfolded, setUnfolded] = useState(false);
  const [wanted, setWanted] = useState<{ field: number } | null>(null);
  const id = useId();
  useEffect(() => {
    if (wanted !== null) document.getElementById(`${id}-${wanted.field}`)?.focus();
  }, [wanted, id]);
  const open = useMemo(
    () => () => {
      setUnfolded(true);
      setWanted({ field: 0 });
    },
    [],
  );
  useOfferCommands(
    useMemo(
      (): Command[] => [{ id: 'rows-key', label: 'Open a partition by its key…', group: 'This table', run: open }],
      [open],
    ),
  );
  return {
    form,
    unfolded,
    noteId: `${id}-note`,
    fieldId: (index: number) => `${id}-${index}`,
    open,
    fold: () => setUnfolded(false),
    focusField: (index: number) => setWanted({ field: Math.max(0, index) }),
    /** Focuses what stays when the form is emptied: the fold button where it is shown, else the first field. */
    focusStart: () => {
      for (const element of form.current?.querySelectorAll<HTMLElement>('[aria-expanded], input, select') ?? []) {
        element.focus();
        if (document.activeElement === element) return;
      }
    },
  };
}
