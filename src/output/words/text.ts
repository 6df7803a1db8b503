import stringWidth from 'string-width';

/** Graphemes are what a terminal shows as one sign. */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Signs that are not seen, e.g. of the direction of writing, but for those that join letters. */
const UNSEEN = /(?!\p{Join_C}|[\u{e0020}-\u{e007f}])(?=\p{Cf})\p{DI}/gu;

/**
 * Text that cannot disturb a terminal: one line, no control characters. Without `unicode` it is
 * ASCII: accents are dropped, what is left of other scripts becomes "?".
 */
export function cleanText(text: string, unicode: boolean): string {
  // No-break spaces stay: see `wrap`.
  const line = text
    .replace(UNSEEN, '')
    .replace(/(?:[\p{Cc}\p{Zl}\p{Zp}]|(?!\u00a0)\s)+/gu, ' ')
    .trim();
  if (unicode) return line;
  return line
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[^ -~]/gu, '?');
}

/** A copy of plain data with every string in it cleaned; keys and typed arrays stay. */
export function withCleanText<T>(data: T, unicode: boolean): T {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value, unicode);
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, clean(part)]));
  };
  return clean(data) as T;
}

/**
 * Signs of one column each: letters of European languages, what they are written with, lines and
 * blocks, and the marks of verdicts.
 */
const PLAIN = /^[ -~\u00a0-\u00ac\u00ae-\u017f\u2500-\u259f\u2714\u2718]*$/;

/** Columns that a text takes in a terminal; colour codes take none. */
export function widthOf(text: string): number {
  // Most texts are, and what tells the others takes long.
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Text with spaces after it to fill `width` columns of a terminal; longer text as it is. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The same with the spaces before it. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Blocks of lines beside one another, each starting `step` columns after the one before. */
export function beside(blocks: readonly (readonly string[])[], step: number): string[] {
  const height = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: height }, (_, y) =>
    blocks.reduce((line, block, i) => padEnd(line, i * step) + (block[y] ?? ''), ''),
  );
}

/** Units as they stand behind numbers; a rate ends in "/s". */
const NUMBER_AND_UNIT =
  /(\d) (?=(?:%|±|[\w^]+\/s|[num]?s|[kM]?B|KiB|MiB|bytes|packets|points|ppm)(?![\w-]))/g;

/** A text whose lines do not break between a number and its unit. */
export function withUnitsBound(text: string): string {
  return text.replace(NUMBER_AND_UNIT, '$1\u00a0').replace(/± (?=\d)/g, '±\u00a0');
}

/**
 * Breaks plain text between words, and words wider than a line within; never empty. No-break
 * spaces hold words together, and units their numbers; in the lines they are plain spaces.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of withUnitsBound(text)
    .split(' ')
    .flatMap((one) => pieces(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
    } else {
      if (line !== '') lines.push(line);
      line = word;
    }
  }
  const all = line === '' && lines.length > 0 ? lines : [...lines, line];
  return all.map((one) => one.replaceAll('\u00a0', ' '));
}

/**
 * A text in pieces no wider than `width`, parted at no-break spaces if that is not to be helped; a
 * sign wider than that stands alone.
 */
function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  if (word.includes('\u00a0')) return word.split('\u00a0').flatMap((one) => pieces(one, width));
  const parts: string[] = [];
  let part = '';
  for (const { segment } of segmenter.segment(word)) {
    if (part !== '' && widthOf(part + segment) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return part === '' ? parts : [...parts, part];
}
