import type { ComponentProps, MouseEvent } from 'react';
import { LinkButton } from '@/components/ui/link-button';
import { fitsAddress } from '@/lib/client/paths';
import { carrySearch } from '@/lib/client/use-search-state';

/**
 * A link to a page of this app that a long statement, or many values, may fill. What no address holds is handed over within
 * this window; in a new one the page opens as it is at first.
 */
export function LongLink({ href, ...props }: Omit<ComponentProps<typeof LinkButton>, 'href'> & { href: string }) {
  const [path = href, search = ''] = href.split(/\?(.*)/s);
  if (fitsAddress(href)) return <LinkButton size="sm" {...props} href={href} />;
  const carry = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) => {
    if (!(metaKey || ctrlKey || shiftKey || altKey)) carrySearch(path, search);
  };
  return <LinkButton size="sm" {...props} href={path} onClick={carry} />;
}
