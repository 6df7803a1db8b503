import { OutputError } from '../folder/output-error.js';

/** A file's content from the drawing of a figure. */
type Draw = (svg: string, title: string) => string | Uint8Array | Promise<Uint8Array>;

interface PictureFormat {
  readonly mediatype: string;
  /** Text has an encoding. */
  readonly encoding?: 'utf-8';
  /** Loads what draws it. */
  readonly load: () => Promise<Draw>;
}

const asDrawn = (svg: string) => svg;

/** The kinds of file that a figure can be written to, by ending. */
const FORMATS = {
  svg: {
    mediatype: 'image/svg+xml',
    encoding: 'utf-8',
    load: async () => asDrawn,
  },
  png: {
    mediatype: 'image/png',
    load: async () => (await import('./png.js')).pngOf,
  },
  pdf: {
    mediatype: 'application/pdf',
    load: async () => (await import('./pdf.js')).pdfOf,
  },
} satisfies Record<string, PictureFormat>;

export type PictureKind = keyof typeof FORMATS;

/** All of them, the default first. */
export const PICTURE_KINDS = Object.keys(FORMATS) as PictureKind[];

/** A kind that can be drawn. */
export interface Picture extends Omit<PictureFormat, 'load'> {
  readonly kind: PictureKind;
  readonly draw: Draw;
}

/**
 * Gets ready to draw.
 * @throws OutputError if a package for it is not installed
 */
export function loadPictures(kinds: readonly PictureKind[]): Promise<Picture[]> {
  return Promise.all(
    kinds.map(async (kind) => {
      const { load, ...format }: PictureFormat = FORMATS[kind];
      try {
        return { kind, ...format, draw: await load() };
      } catch (cause) {
        // npm leaves out optional packages that a platform does not have.
        const [why] = String(cause instanceof Error ? cause.message : cause).split('\n');
        throw new OutputError(
          `--figures: got ${kind}, for which a package is missing (${why}); allowed: svg`,
          2,
          { cause },
        );
      }
    }),
  );
}

/** Figures as they are written if nobody asks for more. */
export const SVG_ONLY: readonly Picture[] = [
  { kind: 'svg', mediatype: FORMATS.svg.mediatype, encoding: 'utf-8', draw: asDrawn },
];
