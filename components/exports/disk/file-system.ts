import { type ExportFormat, FORMATS } from '@/lib/contract/export-formats';

/**
 * The part of the File System Access API that no type library knows yet (https://wicg.github.io/file-system-access/).
 * Browsers without it lack these.
 */
declare global {
  interface Window {
    showSaveFilePicker?: (options: {
      suggestedName: string;
      types: { description: string; accept: Record<string, string[]> }[];
    }) => Promise<FileSystemFileHandle>;
  }
  interface FileSystemHandle {
    requestPermission?: (options: { mode: 'readwrite' }) => Promise<PermissionState>;
  }
}

/** Why this browser lets no page write a file of the person's choice; null when it does. */
export function whyNoDisk(): string | null {
  if (window.showSaveFilePicker !== undefined) return null;
  if (!window.isSecureContext) {
    return 'Browsers let a page write to disk only over HTTPS or from localhost, and this page came otherwise. Download works; so do a job on the server and the terminal, which can be resumed.';
  }
  return 'This browser lets no page write to disk: Chrome and Edge do. Download works; so do a job on the server and the terminal, which can be resumed.';
}

/** What the browser's dialog offers; formats that a page cannot write have no entry. */
function typesOf(format: ExportFormat) {
  const { label, mediaType, extension, isContinuable } = FORMATS[format];
  const [type = mediaType] = mediaType.split(';');
  return isContinuable ? [{ description: label, accept: { [type]: [extension] } }] : [];
}

/** Asks the person for a file to write; null when they changed their mind. */
export async function chooseFile(suggestedName: string, format: ExportFormat): Promise<FileSystemFileHandle | null> {
  try {
    return (await window.showSaveFilePicker?.({ suggestedName, types: typesOf(format) })) ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/**
 * Asks for leave to write to a file that was chosen on an earlier visit. To be called while a click is being handled:
 * the browser asks the person.
 */
export async function mayWrite(handle: FileSystemFileHandle): Promise<boolean> {
  return (await handle.requestPermission?.({ mode: 'readwrite' })) !== 'denied';
}
