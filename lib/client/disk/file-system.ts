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

/** Why this browser does not let a page write to a file that the person chooses; null when it does. */
export function whyNoDisk(): string | null {
  if (window.showSaveFilePicker !== undefined) return null;
  if (!window.isSecureContext) {
    return 'A browser lets a page write to disk only over HTTPS or from localhost. Use Download, or a job on the server or the terminal, which can be resumed.';
  }
  return 'This browser does not let a page write to disk; Chrome and Edge do. Use Download, or a job on the server or the terminal, which can be resumed.';
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
 * Asks for permission to write to a file chosen on an earlier visit. Call it while handling a click: the browser asks
 * the person.
 */
export async function mayWrite(handle: FileSystemFileHandle): Promise<boolean> {
  return (await handle.requestPermission?.({ mode: 'readwrite' })) !== 'denied';
}
