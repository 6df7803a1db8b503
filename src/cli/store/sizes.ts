import { InputError } from '../../base/input-error.js';

const UNITS = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;
const SIZE = /^(\d+(?:\.\d+)?) ?(B|kB|MB|GB|TB)$/i;

/**
 * Bytes of "500MB" or "1.5 GB".
 * @param field flag or variable, for the message
 */
export function parseSize(field: string, text: string): number {
  const [, number, said = ''] = SIZE.exec(text.trim()) ?? [];
  const found = Object.entries(UNITS).find(([unit]) => unit.toLowerCase() === said.toLowerCase());
  const bytes = Math.round(Number(number) * (found?.[1] ?? Number.NaN));
  if (Number.isSafeInteger(bytes)) return bytes;
  const allowed = 'a number with B, kB, MB, GB or TB';
  throw new InputError(`${field}: got ${JSON.stringify(text)}; allowed: ${allowed}`);
}

/** "12.3 MB". */
export function sizeText(bytes: number): string {
  const fitting = Object.entries(UNITS).filter(([, size]) => bytes >= size);
  const [unit, size] = fitting.at(-1) ?? ['B', 1];
  return `${Number((bytes / size).toPrecision(3))} ${unit}`;
}
