import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cleanText, widthOf, withCleanText, wrap } from '../../src/output/words/text.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 120 });

test('columns are those that string-width counts', () => {
  const signs = Array.from({ length: 0x3000 - 0x20 }, (_, i) => String.fromCodePoint(0x20 + i));
  const texts = signs.map((sign) => `a${sign}b`);
  expect(texts.filter((text) => widthOf(text) !== stringWidth(text))).toEqual([]);
});

describe('cleanText', () => {
  test('leaves one line without control characters, with any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(text, true)).not.toMatch(/[\p{Cc}\p{Bidi_C}\u2028\u2029]/u);
        expect(cleanText(text, false)).toMatch(/^[ -~]*$/);
      }),
    );
  });

  test.each([
    ['a family', '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}'],
    ['a flag', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['Persian', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ['Hindi', '\u0915\u094d\u200d\u0937'],
  ])('keeps what joins letters and signs: %s', (_, text) => {
    expect(cleanText(text, true)).toBe(text);
    expect(cleanText(text, false)).toMatch(/^\?+$/);
  });

  test('takes away what is not seen, and what turns the direction of writing', () => {
    const text = '\ufeffSoft\u00adhyphen \u202etxt.exe\u202c, zero\u200bwidth';
    expect(cleanText(text, true)).toBe('Softhyphen txt.exe, zerowidth');
  });

  test('keeps the letters below accents', () => {
    expect(cleanText('Débit\u001b[31m à\n 100%', false)).toBe('Debit [31m a 100%');
    expect(cleanText('監視', false)).toBe('??');
  });
});

test('a text is as wide as a library says that knows all signs', () => {
  const plain = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x24f }).map((code) => String.fromCodePoint(code)),
  });
  fc.assert(
    fc.property(fc.oneof(plain, anyText), (text) => {
      expect(widthOf(text)).toBe(stringWidth(text));
    }),
  );
});

test('withCleanText reaches every string and leaves numbers and samples alone', () => {
  const values = Float64Array.of(1, Number.NaN);
  expect(withCleanText({ a: ['x\ny', 1, null], b: { c: 'é' }, values }, false)).toEqual({
    a: ['x y', 1, null],
    b: { c: 'e' },
    values,
  });
});

test('wrap keeps a number with its unit', () => {
  expect(wrap('at most 50 % of 1020 packets', 10)).toEqual([
    'at most',
    '50 % of',
    '1020',
    'packets',
  ]);
  expect(wrap('mean 49.9 ± 0.5 % here', 13)).toEqual(['mean', '49.9 ± 0.5 %', 'here']);
});

describe('wrap', () => {
  test('keeps every word and no line is too wide', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 8, max: 60 }), (text, width) => {
        const clean = cleanText(text, true);
        const lines = wrap(clean, width);
        expect(lines.every((line) => widthOf(line) <= width)).toBe(true);
        // No-break spaces, too, are spaces in the lines.
        expect(lines.join('').replaceAll(' ', '')).toBe(clean.replaceAll(/[ \u00a0]/g, ''));
      }),
    );
  });

  test('breaks at words, within words if it must, and not at no-break spaces', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('it is 5.0\u00a0±\u00a00.1', 9)).toEqual(['it is', '5.0 ± 0.1']);
    expect(wrap('', 10)).toEqual(['']);
  });
});
