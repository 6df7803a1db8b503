import { Resvg } from '@resvg/resvg-js';
import { FONT_FAMILY, fontFiles } from './fonts.js';

/** Pixels of the picture per pixel of the drawing: 192 dots per inch at its natural size. */
const ZOOM = 2;

/** What the font may not have, such as Japanese: then the system's fonts are asked, too. */
const FOREIGN = /[\u0250-\u036f\u0500-\u1fff\u2300-\u{10ffff}]/u;

/** A drawing as a PNG picture, in the colours of a light page. */
export function pngOf(svg: string): Uint8Array {
  const { plain, bold } = fontFiles();
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: {
      fontFiles: [plain, bold],
      defaultFontFamily: FONT_FAMILY,
      loadSystemFonts: FOREIGN.test(svg),
    },
  });
  return drawing.render().asPng();
}
