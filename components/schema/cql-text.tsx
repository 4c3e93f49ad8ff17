import { useMemo } from 'react';
import { Shown } from '@/components/ui/shown';
import { highlight, type Shade } from './highlight';

const CLASSES: Record<Shade, string | undefined> = {
  plain: undefined,
  keyword: 'text-syntax-keyword',
  type: 'text-syntax-type',
  string: 'text-syntax-string',
  number: 'text-syntax-number',
  comment: 'text-syntax-comment',
};

/** CQL to read and select, lightly colored. Long lines wrap, so only the page scrolls. */
export function CqlText({ cql }: { cql: string }) {
  const pieces = useMemo(() => highlight(cql), [cql]);
  return (
    <pre className="whitespace-pre-wrap break-words p-4 text-xs leading-5">
      <code>
        {pieces.map(({ shade, text, start }) => (
          <span key={start} className={CLASSES[shade]}>
            <Shown text={text} as="text" />
          </span>
        ))}
      </code>
    </pre>
  );
}
