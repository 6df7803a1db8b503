type Paint = (text: string) => string;

interface Cell {
  readonly sign: string;
  readonly paint: Paint | null;
}

const EMPTY: Cell = { sign: ' ', paint: null };

/** A grid of terminal cells, one column wide each; what is drawn later covers what was there. */
export class Canvas {
  readonly #rows: Cell[][];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#rows = Array.from({ length: height }, () => Array<Cell>(width).fill(EMPTY));
  }

  /** Sets a cell; a blank leaves it as it is. */
  set(column: number, row: number, sign: string, paint: Paint): void {
    const cells = this.#rows[row];
    if (sign === ' ' || cells === undefined || column < 0 || column >= this.width) return;
    cells[column] = { sign, paint };
  }

  /** The rows as text; neighbours of one colour share its codes. */
  rows(): string[] {
    return this.#rows.map((cells) => {
      let text = '';
      let from = 0;
      for (let to = 1; to <= cells.length; to++) {
        const { paint } = cells[from] ?? EMPTY;
        if (to < cells.length && cells[to]?.paint === paint) continue;
        const run = cells.slice(from, to).map(({ sign }) => sign);
        text += paint === null ? run.join('') : paint(run.join(''));
        from = to;
      }
      return text;
    });
  }
}
