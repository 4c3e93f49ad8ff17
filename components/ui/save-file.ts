/** Saves a file that was made on this page. `name`: without extension; what file systems do not take becomes `_`. */
export function saveFile(name: string, extension: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_')}.${extension}`;
  link.click();
  // The browser has taken the file once the click is over.
  setTimeout(() => URL.revokeObjectURL(url));
}
