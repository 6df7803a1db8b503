/** Rows of numbers: of slopes, one row per reading, with one number per cost. */
export type Matrix = readonly (readonly number[])[];

/** Damping that does nothing but keep the system solvable, as a part of the slopes' mean square. */
export const UNDAMPED = 1e-9;
/** A direction whose slope is a tenth of the others' is not followed: it may be noise. */
const CAREFUL = 0.02;

/**
 * The step that takes readings which are `off` to zero as nearly as a straight line can, no part of
 * it longer than `reach`: Levenberg and Marquardt's, damped as far as needed. Where the readings
 * do not tell the parts apart, it is the shortest one.
 */
export function dampedStep(
  slopes: Matrix,
  off: readonly number[],
  reach = Infinity,
  leastDamping = CAREFUL,
): number[] {
  const size = slopes[0]?.length ?? 0;
  const each = Array.from({ length: size }, (_, i) => i);
  const product = (i: number, other: (row: number) => number) =>
    slopes.reduce((sum, row, r) => sum + (row[i] ?? 0) * other(r), 0);
  const normal = each.map((i) => each.map((j) => product(i, (r) => slopes[r]?.[j] ?? 0)));
  const pull = each.map((i) => -product(i, (r) => off[r] ?? 0));
  const scale = each.reduce((sum, i) => sum + (normal[i]?.[i] ?? 0), 0) / size;
  if (!(scale > 0)) return each.map(() => 0);
  for (let damping = leastDamping * scale; ; damping *= 4) {
    const step = solved(
      normal.map((row, i) => row.map((value, j) => (i === j ? value + damping : value))),
      pull,
    );
    if (!(longest(step) > reach)) return step;
  }
}

/** What is off after a step, if the slopes are right. */
export function offAfter(
  step: readonly number[],
  slopes: Matrix,
  off: readonly number[],
): number[] {
  return slopes.map((row, r) =>
    row.reduce((sum, slope, i) => sum + slope * (step[i] ?? 0), off[r] ?? 0),
  );
}

/** The longest part of a step, whatever its direction. */
export function longest(step: readonly number[]): number {
  return Math.max(...step.map(Math.abs));
}

/** Solves a symmetric, positive definite system by elimination, which needs no pivots then. */
function solved(matrix: Matrix, right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let i = pivot + 1; i < size; i++) {
      const factor = at(i, pivot) / at(pivot, pivot);
      rows[i] = (rows[i] ?? []).map((value, j) => value - factor * at(pivot, j));
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const known = solution.reduce((sum, value, j) => sum + at(i, j) * value, 0);
    solution[i] = (at(i, size) - known) / at(i, i);
  }
  return solution;
}
