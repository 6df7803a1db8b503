/** Where a chart begins, in a drawing that has one below another. */
export interface BlockPlace {
  readonly top: number;
  readonly width: number;
  /** Of the page's ids. */
  readonly id: string;
}

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
