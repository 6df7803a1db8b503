import { expect } from 'vitest';

/** Throws unless every element is closed in order and text and attributes are escaped. */
export function expectWellFormed(xml: string): void {
  const open: string[] = [];
  const token = /<(\/?)([a-zA-Z]+)((?: [\w:-]+="[^"<&]*(?:&[a-z]+;[^"<&]*)*")*)(\/?)>|([^<]+)/gy;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not XML at ${at}: ${xml.slice(at, at + 60)}`);
    const [, closing, name = '', , empty, text] = match;
    if (text !== undefined) expect(text).toMatch(/^([^&]|&(amp|lt|gt|quot|apos);)*$/);
    else if (closing) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
  }
  expect(open).toEqual([]);
}
