import clsx from 'clsx';
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

interface CqlTextProps {
  cql: string;
  className?: string | undefined;
}

/** CQL to read and select, lightly colored. Long lines wrap, so only the page scrolls. */
export function CqlText({ cql, className = 'p-4 text-xs leading-5' }: CqlTextProps) {
  const pieces = useMemo(() => highlight(cql), [cql]);
  return (
    <pre className={clsx('whitespace-pre-wrap break-words', className)}>
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
