import clsx from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { pagePath } from '@/lib/client/paths';

interface NodeLinkProps {
  cluster: string;
  /** Its host id or `host:port`. */
  node: string;
  /** How it is shown; without: by what it is found. */
  children?: ReactNode;
  className?: string;
}

/** A node's address, which leads to its own page. */
export function NodeLink({ cluster, node, children, className }: NodeLinkProps) {
  return (
    <Link
      href={pagePath.node(cluster, node)}
      prefetch={false}
      className={clsx('inline-flex min-h-6 items-center text-accent hover:underline', className)}
    >
      {children ?? node}
    </Link>
  );
}
