import type { Claim } from '../claim.js';
import type { Cell, Matrix } from './matrix.js';

/** Of the claims that the paper measured, how many hold under a reading. */
export interface Held {
  readonly hold: number;
  /** Those that can be asked, and were judged. */
  readonly judged: number;
}

/** What a matrix says of the claims that the paper measured, under all readings together. */
export interface Tally {
  readonly measured: number;
  /** Claims that hold wherever they can be asked, somewhere, and nowhere. */
  readonly everywhere: number;
  readonly somewhere: number;
  readonly nowhere: number;
  /** Of which what was run does not tell under each reading; in none of the numbers above. */
  readonly open: number;
  /** By reading. */
  readonly held: readonly Held[];
}

/** Whether the paper has a figure of a claim, and not only an argument, or a setting. */
export function isMeasured({ figure }: Pick<Claim, 'figure'>): boolean {
  return figure !== 'text';
}

/** Counts the claims that the paper measured. */
export function tallyOf({ claims, columns }: Matrix): Tally {
  const rows = claims.flatMap((claim, c) =>
    isMeasured(claim) ? [columns.flatMap(({ cells }) => cells[c] ?? [])] : [],
  );
  const standings = rows.map(standingOf);
  const count = (standing: Standing) => standings.filter((one) => one === standing).length;
  return {
    measured: rows.length,
    everywhere: count('everywhere'),
    somewhere: count('somewhere'),
    nowhere: count('nowhere'),
    open: count('open'),
    held: columns.map((_, r) => heldIn(rows.flatMap((cells) => cells[r] ?? []))),
  };
}

type Standing = 'everywhere' | 'somewhere' | 'nowhere' | 'open';

function standingOf(cells: readonly Cell[]): Standing {
  const asked = cells.filter(({ kind }) => kind !== 'not asked');
  if (asked.length === 0 || asked.some(({ kind }) => kind === 'not judged')) return 'open';
  const { hold } = heldIn(asked);
  if (hold === 0) return 'nowhere';
  return hold === asked.length ? 'everywhere' : 'somewhere';
}

function heldIn(cells: readonly Cell[]): Held {
  const judged = cells.flatMap((cell) => (cell.kind === 'judged' ? cell.claim.verdict : []));
  const hold = judged.filter((verdict) => verdict === 'holds').length;
  return { hold, judged: judged.length };
}
