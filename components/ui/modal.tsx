'use client';

import clsx from 'clsx';
import { X } from 'lucide-react';
import {
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { focusableWhileScrolling, focusInside } from './focus';
import { shown } from './shown';

type ModalProps = {
  onClose: () => void;
  labelledBy: string;
  describedBy?: string | undefined;
  className: string;
  children: ReactNode;
};

/**
 * A dialog in the browser's top layer for as long as it is rendered: the page behind it is out of reach, Escape and a
 * press outside ask to close it, and the focus returns to where it was.
 */
export function Modal({ onClose, labelledBy, describedBy, className, children }: ModalProps) {
  const element = useRef<HTMLDialogElement>(null);
  // Its content appears once it is shown, because only then can it take the focus.
  const [shown, setShown] = useState(false);
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    setShown(true);
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    if (shown && element.current !== null) focusInside(element.current);
  }, [shown]);

  const onCancel = (event: SyntheticEvent<HTMLDialogElement>) => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    onClose();
  };
  const onClosed = ({ currentTarget, target }: SyntheticEvent<HTMLDialogElement>) => {
    if (target === currentTarget && !currentTarget.open) onClose();
  };
  // Not the pointer's event, which comes before it: the rest of the press would go to the page, and take the focus there.
  const onMouseDown = (event: MouseEvent<HTMLDialogElement>) => {
    if (event.target !== event.currentTarget || !isOutside(event.currentTarget, event)) return;
    event.preventDefault();
    onClose();
  };
  return (
    <dialog
      ref={element}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onCancel={onCancel}
      onClose={onClosed}
      onMouseDown={onMouseDown}
      className={clsx('bg-raised text-ink shadow-float outline-none backdrop:bg-black/40', className)}
    >
      {shown && children}
    </dialog>
  );
}

/** A press on the backdrop is one on the dialog itself, beyond its edges. */
function isOutside(dialog: HTMLElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

type TitledModalProps = {
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  className: string;
  bodyClassName: string;
  children: ReactNode;
};

/** A modal with a title, a button that closes it, and a body that scrolls between them and the footer. */
export function TitledModal({
  onClose,
  title,
  description,
  footer,
  className,
  bodyClassName,
  children,
}: TitledModalProps) {
  const id = useId();
  const descriptionId = description === undefined ? undefined : `${id}-description`;
  return (
    <Modal onClose={onClose} labelledBy={id} describedBy={descriptionId} className={clsx('flex flex-col', className)}>
      <header className="flex items-start gap-2 border-line border-b px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="font-semibold text-base">
            {shown(title)}
          </h2>
          {description !== undefined && (
            <p id={descriptionId} className="text-muted text-sm">
              {shown(description)}
            </p>
          )}
        </div>
        <button
          type="button"
          aria-label="Close"
          onClick={onClose}
          className="-mr-1 inline-flex size-6 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <div ref={focusableWhileScrolling} className={clsx('thin-scrollbar min-h-0 flex-1 overflow-auto', bodyClassName)}>
        {children}
      </div>
      {footer !== undefined && (
        <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">{footer}</footer>
      )}
    </Modal>
  );
}
