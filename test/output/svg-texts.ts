import { expect } from 'vitest';

/** What a sign of the drawings' text takes at least, in pixels: half of 13. */
const SIGN_WIDTH = 6;
const SIGN_HEIGHT = 9;

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the texts of a drawing are, about: what does not fit here fits in no font. */
export function textBoxes(svg: string): Box[] {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)</g)].map(([, attributes = '', text = '']) => {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
    const signs = [...text.replaceAll(/&\w+;/g, '.')].length;
    const anchor = { middle: 0.5, end: 1 }[of('text-anchor') ?? ''] ?? 0;
    const left = Number(of('x')) - anchor * signs * SIGN_WIDTH;
    const middle = Number(of('y')) - (of('dy') === undefined ? SIGN_HEIGHT / 2 : 0);
    const [top, bottom] = [middle - SIGN_HEIGHT / 2, middle + SIGN_HEIGHT / 2];
    return { text, left, right: left + signs * SIGN_WIDTH, top, bottom };
  });
}

/** Throws unless every text is inside the drawing, and no two are in one place. */
export function expectLegible(svg: string): void {
  const [width = 0, height = 0] = (/<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [])
    .slice(1)
    .map(Number);
  const boxes = textBoxes(svg);
  expect(boxes.length).toBeGreaterThan(0);
  const cut = boxes.filter(
    ({ left, right, top, bottom }) => left < 0 || right > width || top < 0 || bottom > height,
  );
  expect(cut).toEqual([]);
  const overlapping = boxes.flatMap((one, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (other) =>
          one.left < other.right &&
          other.left < one.right &&
          one.top < other.bottom &&
          other.top < one.bottom,
      )
      .map((other) => [one.text, other.text]),
  );
  expect(overlapping).toEqual([]);
}
