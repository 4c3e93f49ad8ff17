import { type ErrorText, errorText } from '@/lib/client/error-text';
import { FileChangedError } from './write-frames';

/** What the browser's own errors about files mean (names: https://fs.spec.whatwg.org/). */
const MEANINGS: Readonly<Record<string, ErrorText>> = {
  QuotaExceededError: {
    message: 'The disk is full.',
    hint: 'A browser writes into a copy: make room for twice the file’s size, then resume.',
  },
  NotAllowedError: {
    message: 'The browser may not write to the file.',
    hint: 'Resume asks for leave again.',
  },
  NotFoundError: {
    message: 'The file is no longer where it was.',
    hint: 'Put it back and resume, or save to another file.',
  },
  NoModificationAllowedError: {
    message: 'Another program, or another tab, is writing to the file.',
    hint: 'Close it there and resume.',
  },
};

/** Whatever ended the writing of a file, in words. */
export function diskErrorText(error: unknown): ErrorText {
  if (error instanceof FileChangedError) {
    return { message: error.message, hint: 'It was changed by something else since: begin anew.' };
  }
  const meaning = error instanceof DOMException ? MEANINGS[error.name] : undefined;
  return meaning === undefined ? errorText(error) : { ...meaning, detail: String(error) };
}
