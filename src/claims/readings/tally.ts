import type { Cell, Matrix } from './matrix.js';

/** Of the claims that the paper measured, how many hold under a reading. */
export interface Held {
  readonly hold: number;
  /** Those that can be asked, and were judged. */
  readonly judged: number;
}

/** How claims stand under all readings together. */
export interface Standings {
  readonly total: number;
  /** Claims that hold wherever they can be asked, somewhere, and nowhere. */
  readonly everywhere: number;
  readonly somewhere: number;
  readonly nowhere: number;
  /** Of which what was run does not tell under each reading; in none of the numbers above. */
  readonly open: number;
}

/** What a matrix says of the claims that the paper measured. */
export interface Tally {
  readonly measured: Standings;
  /** Those of them that are predictions: nothing else is evidence. */
  readonly predicted: Standings;
  /** By reading. */
  readonly held: readonly Held[];
}

/** Counts the claims that the paper measured. */
export function tallyOf({ claims, columns }: Matrix): Tally {
  const measured = claims.flatMap(({ evidence, basis }, c) => {
    const cells = columns.flatMap((column) => column.cells[c] ?? []);
    return evidence === 'measured' ? [{ basis, cells }] : [];
  });
  const predicted = measured.filter(({ basis }) => basis === 'predicted');
  return {
    measured: standingsOf(measured.map(({ cells }) => cells)),
    predicted: standingsOf(predicted.map(({ cells }) => cells)),
    held: columns.map((_, r) => heldIn(measured.flatMap(({ cells }) => cells[r] ?? []))),
  };
}

function standingsOf(rows: readonly (readonly Cell[])[]): Standings {
  const standings = rows.map(standingOf);
  const count = (standing: Standing) => standings.filter((one) => one === standing).length;
  return {
    total: rows.length,
    everywhere: count('everywhere'),
    somewhere: count('somewhere'),
    nowhere: count('nowhere'),
    open: count('open'),
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
