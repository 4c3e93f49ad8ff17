import { type ErrorText, errorText } from '../error-text';
import { FileChangedError } from './write-frames';

/** What the browser's own errors about files mean (names: https://fs.spec.whatwg.org/). */
const MEANINGS: Readonly<Record<string, ErrorText>> = {
  QuotaExceededError: {
    message: 'The disk is full.',
    hint: 'The browser writes to a copy of the file. Free up twice the size of the file, then resume.',
  },
  NotAllowedError: {
    message: 'The browser does not have permission to write to the file.',
    hint: 'Resume will ask for permission again.',
  },
  NotFoundError: {
    message: 'The file was moved or deleted.',
    hint: 'Put it back and resume, or save to another file.',
  },
  NoModificationAllowedError: {
    message: 'Another program, or another tab, is writing to the file.',
    hint: 'Close the file there, then resume.',
  },
};

/** Why writing a file ended, in words. */
export function diskErrorText(error: unknown): ErrorText {
  if (error instanceof FileChangedError) {
    return { message: error.message, hint: 'Another program changed it in the meantime. Start over.' };
  }
  const meaning = error instanceof DOMException ? MEANINGS[error.name] : undefined;
  return meaning === undefined ? errorText(error) : { ...meaning, detail: String(error) };
}
