type Paint = (text: string) => string;

interface Cell {
  readonly sign: string;
  readonly paint: Paint | null;
}

const EMPTY: Cell = { sign: ' ', paint: null };

/** Columns that each of several lines gets where they coincide. */
const TURN = 4;

/**
 * A grid of terminal cells, one column wide each. Lines cover the background, and marks cover
 * lines; where lines or marks coincide, they take turns.
 */
export class Canvas {
  readonly #background: Cell[][];
  readonly #lines: (readonly Cell[])[][];
  readonly #marks: (readonly Cell[])[][];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    const grid = <T>(cell: T) => Array.from({ length: height }, () => Array<T>(width).fill(cell));
    this.#background = grid(EMPTY);
    this.#lines = grid<readonly Cell[]>([]);
    this.#marks = grid<readonly Cell[]>([]);
  }

  /** Sets a cell of the background. */
  fill(column: number, row: number, sign: string, paint: Paint): void {
    const cells = this.#background[row];
    if (cells !== undefined && this.#isInside(column)) cells[column] = { sign, paint };
  }

  /** Draws a line's sign in a cell; a blank leaves it as it is. */
  draw(column: number, row: number, sign: string, paint: Paint): void {
    this.#add(this.#lines, column, row, { sign, paint });
  }

  /** Draws a mark in a cell, on top of lines. */
  mark(column: number, row: number, sign: string, paint: Paint): void {
    this.#add(this.#marks, column, row, { sign, paint });
  }

  /** The rows as text; neighbours of one colour share its codes. */
  rows(): string[] {
    return this.#background.map((background, row) => {
      const cells = background.map((cell, column) => this.#shown(column, row) ?? cell);
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

  #add(layer: (readonly Cell[])[][], column: number, row: number, cell: Cell): void {
    const cells = layer[row];
    if (cell.sign === ' ' || cells === undefined || !this.#isInside(column)) return;
    cells[column] = [...(cells[column] ?? []), cell];
  }

  #isInside(column: number): boolean {
    return column >= 0 && column < this.width;
  }

  #shown(column: number, row: number): Cell | undefined {
    const marks = this.#marks[row]?.[column] ?? [];
    const shown = marks.length > 0 ? marks : (this.#lines[row]?.[column] ?? []);
    return shown[Math.floor(column / TURN) % shown.length];
  }
}
