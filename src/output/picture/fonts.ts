import { createRequire } from 'node:module';

/** Pictures look alike on every machine, so they are drawn with fonts of a package. */
export const FONT_FAMILY = 'DejaVu Sans';

const find = createRequire(import.meta.url);

/** Paths of the font's files. */
export function fontFiles(): { readonly plain: string; readonly bold: string } {
  const file = (name: string) => find.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
  return { plain: file('DejaVuSans'), bold: file('DejaVuSans-Bold') };
}
