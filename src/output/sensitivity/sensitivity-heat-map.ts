import type { CostEffect, Finding } from '../../claims/sensitivity/findings.js';
import { heatGrid } from '../figure/heat-grid.js';
import type { Ink } from '../terminal/ink.js';
import { padStart, wrap } from '../words/text.js';

const CELL_WIDTH = 5;
/** From here on a change is drawn stronger: parts of the margin on the shipped machine. */
const LEVELS = [0.1, 0.5, 1];

/** Claims by costs: how much of a claim's margin a cost moves, and where the claim fails. */
export function heatMap(findings: readonly Finding[], ink: Ink, columns: number): string[] {
  const costs = findings[0]?.effects.map(({ cost }) => cost) ?? [];
  const grid = {
    cellWidth: CELL_WIDTH,
    head: (from: number, to: number) => [
      findings
        .slice(from, to)
        .map(({ claim }) => padStart(claim, CELL_WIDTH))
        .join(''),
    ],
    rows: costs.map((cost, i) => ({
      label: cost,
      cells: findings.map((finding) => cellOf(finding, i, ink)),
    })),
  };
  const explained = legend(ink).flatMap((line) => wrap(line, columns));
  return [...heatGrid(grid, ink, columns), '', ...explained];
}

function cellOf({ margin, effects }: Finding, index: number, ink: Ink): string {
  const effect = effects[index] as CostEffect;
  const part = Math.abs(effect.change) / Math.abs(margin);
  const level = LEVELS.filter((least) => part >= least).length;
  const shade = ink.shades[level] ?? ' ';
  const mark = failMark(effect);
  const text = padStart(`${shade}${shade}${mark}`, CELL_WIDTH);
  return mark === ' ' ? text : ink.bad(text);
}

function failMark({ survivesBelow, survivesAbove }: CostEffect): string {
  if (survivesBelow) return survivesAbove ? ' ' : '+';
  return survivesAbove ? '-' : 'x';
}

function legend({ shades }: Ink): string[] {
  const [none, weak, medium, strong] = shades;
  return [
    `From -30 to +30% a cost moves the claim by ${none}${none} less than 10%, ` +
      `${weak}${weak} 10 to 50%, ${medium}${medium} 50 to 100%, ${strong}${strong} more than ` +
      '100% of its margin.',
    'The claim is not borne out with the cost + above, - below its value, x either way.',
  ];
}
