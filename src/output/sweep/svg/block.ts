/** Of a drawing that has one chart below another: what each chart adds. */
export interface SvgBlock {
  readonly lines: readonly string[];
  /** Where it ends, in pixels from the top of the drawing. */
  readonly bottom: number;
}

/** Where a chart begins. */
export interface BlockPlace {
  readonly top: number;
  readonly width: number;
  /** Of the page's ids. */
  readonly id: string;
}

export const MARGIN = { left: 64, right: 24, top: 80, bottom: 62 };
/** Left and right of drawings without a y axis. */
export const EDGE = 16;
export const LEGEND_ROW = 22;

/** Rules of the charts of sweeps, besides those of every drawing. */
export const SWEEP_STYLE = [
  '',
  'path.line.dots{stroke-width:7;stroke-linecap:round;stroke-dasharray:none}',
  'path.line.bars{stroke-width:14;stroke-linejoin:miter;stroke-dasharray:none}',
  '.whisker{stroke-width:1.5}',
  '.cell{font-size:11px}',
  '.heat{shape-rendering:crispEdges}',
  '.sub{font-weight:600}',
].join('\n');
