import { saveFile } from '@/components/ui/save-file';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { blobBytes, imageType } from '@/lib/values/hex';
import { exactJson, isBlob, isNested, valueText } from '@/lib/values/value-text';

/** Saves a value as a file: a blob's bytes exactly, text as UTF-8, nested values as JSON. */
export function downloadValue(name: string, value: JsonValue, type: CqlType | undefined): void {
  const { blob, extension } = fileOf(value, type);
  saveFile(name, extension, blob);
}

function fileOf(value: JsonValue, type: CqlType | undefined): { blob: Blob; extension: string } {
  if (isBlob(type) && typeof value === 'string') {
    const image = imageType(value);
    const extension = image?.replace('image/', '').replace('jpeg', 'jpg') ?? 'bin';
    return { blob: new Blob([blobBytes(value)], { type: image ?? 'application/octet-stream' }), extension };
  }
  if (isNested(value))
    return { blob: new Blob([exactJson(value, 2)], { type: 'application/json' }), extension: 'json' };
  return { blob: new Blob([valueText(value, type)], { type: 'text/plain;charset=utf-8' }), extension: 'txt' };
}
