import { Button } from './button';
import { Dialog } from './dialog';
import { ErrorState } from './error-state';
import { Textarea } from './input';
import { Sheet } from './sheet';
import { ignore, type SharedPart } from './states';

const LONG = Array.from(
  { length: 60 },
  (_, line) => `${line + 1} · INSERT INTO flights.airports (iata) VALUES ('SEA')`,
);

export const dialogStates: SharedPart = {
  name: 'dialog',
  states: {
    question: {
      draw: () => (
        <Dialog
          open
          onOpenChange={ignore}
          title="Delete the job?"
          description="3 parts are removed from the server’s disk."
          footer={
            <>
              <Button>Keep</Button>
              <Button variant="danger">Delete the files</Button>
            </>
          }
        />
      ),
      shows: [
        ['dialog', 'Delete the job?'],
        ['button', 'Close'],
        ['button', 'Keep'],
        ['button', 'Delete the files'],
      ],
      covers: true,
    },
    'its action runs': {
      draw: () => (
        <Dialog open onOpenChange={ignore} title="Delete the job?" footer={<Button busy>Delete the files</Button>} />
      ),
      shows: [
        ['dialog', 'Delete the job?'],
        ['button', 'Delete the files'],
      ],
      covers: true,
    },
    'its action was refused': {
      draw: () => (
        <Dialog open onOpenChange={ignore} title="Delete the job?" footer={<Button>Delete the files</Button>}>
          <ErrorState message="The directory is in use." hint="Cancel the job first." />
        </Dialog>
      ),
      shows: [['dialog', 'Delete the job?'], ['alert']],
      covers: true,
    },
    'more than fits': {
      draw: () => (
        <Dialog open onOpenChange={ignore} width="lg" title="Run 60 statements?" footer={<Button>Cancel</Button>}>
          <Textarea aria-label="Statements" mono readOnly rows={60} defaultValue={LONG.join('\n')} />
        </Dialog>
      ),
      shows: [
        ['dialog', 'Run 60 statements?'],
        ['button', 'Cancel'],
      ],
      covers: true,
    },
    sheet: {
      draw: () => (
        <Sheet open onOpenChange={ignore} title="History">
          <p className="p-4">Statements that were run here.</p>
        </Sheet>
      ),
      shows: [
        ['dialog', 'History'],
        ['button', 'Close'],
      ],
      covers: true,
    },
  },
};
