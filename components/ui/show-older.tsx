import { Button } from './button';

/** What a list knows of older lines that it does not show yet. */
export interface Older {
  readonly busy: boolean;
  readonly onMore: () => void;
}

/** Loads the older lines of a list, below it. */
export function ShowOlder({ busy, onMore }: Older) {
  return (
    <div className="text-center">
      <Button size="sm" busy={busy} onClick={onMore}>
        Show older
      </Button>
    </div>
  );
}
