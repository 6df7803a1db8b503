import PdfDocument from 'pdfkit';
import drawSvg from 'svg-to-pdfkit';
import { fontFiles } from './fonts.js';

/** Drawings have 96 pixels per inch, PDFs 72 points. */
const POINTS_PER_PIXEL = 72 / 96;

/** PDFs record when they were made. Without that the same drawing is the same bytes. */
const NO_DATE = new Date(0);

/** A drawing as a PDF of one page, in the colours of a light page; its text can be searched. */
export async function pdfOf(svg: string, title: string): Promise<Uint8Array> {
  const { plain, bold } = fontFiles();
  const size = ['width', 'height'].map((side) => sideOf(svg, side) * POINTS_PER_PIXEL);
  const document = new PdfDocument({
    size: size as [number, number],
    margin: 0,
    info: { Title: title, CreationDate: NO_DATE, ModDate: NO_DATE },
  });
  const pieces: Uint8Array[] = [];
  document.on('data', (piece: Uint8Array) => pieces.push(piece));
  const isWritten = new Promise((resolve) => document.on('end', resolve));
  document.registerFont('plain', plain);
  document.registerFont('bold', bold);
  drawSvg(document, svg, 0, 0, { fontCallback: (_, isBold) => (isBold ? 'bold' : 'plain') });
  document.end();
  await isWritten;
  return Buffer.concat(pieces);
}

/** Width or height of a drawing, in pixels. */
function sideOf(svg: string, side: string): number {
  return Number(new RegExp(` ${side}="([\\d.]+)"`).exec(svg)?.[1]);
}
