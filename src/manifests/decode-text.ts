import { isUtf8 } from 'node:buffer';

/** The text of a file's bytes, or undefined when the encoding is none that YAML tools read. Byte order marks are dropped. */
export function decodeText(bytes: Buffer): string | undefined {
  if (startsWith(bytes, 0xFF, 0xFE, 0x00, 0x00)) return undefined;
  if (startsWith(bytes, 0xFF, 0xFE)) return decode('utf-16le', bytes);
  if (startsWith(bytes, 0xFE, 0xFF)) return decode('utf-16be', bytes);
  if (!isUtf8(bytes)) return undefined;
  return bytes.toString('utf8', startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0);
}

function startsWith(bytes: Buffer, ...start: number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function decode(encoding: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
