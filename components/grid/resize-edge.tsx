import { type PointerEvent, useRef } from 'react';

interface ResizeEdgeProps {
  widthPx: number;
  onResize: (widthPx: number) => void;
  onFit: () => void;
}

/** The right edge of a header: dragged it sets the width, pressed twice it fits what the column holds. */
export function ResizeEdge({ widthPx, onResize, onFit }: ResizeEdgeProps) {
  const grip = useRef<{ readonly atPx: number; readonly widthPx: number }>(null);
  const start = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { atPx: event.clientX, widthPx };
  };
  const move = (event: PointerEvent<HTMLSpanElement>) => {
    if (grip.current !== null) onResize(grip.current.widthPx + event.clientX - grip.current.atPx);
  };
  const end = () => {
    grip.current = null;
  };
  return (
    <span
      aria-hidden="true"
      data-edge=""
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={onFit}
      className="absolute inset-y-0 right-0 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/40"
    />
  );
}
