import { rankCorrelation } from './rank-correlation.js';
import { type Survey, type SurveyedPoint, survives } from './survey.js';

/** What a cost by itself does to a claim. */
export interface CostEffect {
  readonly cost: string;
  /** Whether the claim is borne out with the cost below, and above, its value: at each step. */
  readonly survivesBelow: boolean;
  readonly survivesAbove: boolean;
  /** Change of the margin from -30 to +30%, in the claim's unit. */
  readonly change: number;
  /** Rank correlation of cost and margin while all costs vary: -1 to 1. */
  readonly correlation: number;
}

export interface Finding {
  readonly claim: string;
  /** Margin on the shipped machine, in the claim's unit. */
  readonly margin: number;
  readonly unit: string;
  /** Part of the points with all costs varied at which it is borne out, in percent; else NaN. */
  readonly survivesPct: number;
  /** In the order of the survey's costs. */
  readonly effects: readonly CostEffect[];
  /**
   * The cost with the strongest correlation; null if that is no more than three standard errors of
   * none at all, 1 / sqrt(points - 1).
   */
  readonly decidedBy: CostEffect | null;
}

/** What a survey says about each claim. */
export function findings(survey: Survey): Finding[] {
  return survey.claims.map(({ id }, c) => findingOf(survey, id, c));
}

function findingOf({ costs, points }: Survey, claim: string, c: number): Finding {
  const [base] = points;
  const ones = points.filter(({ kind }) => kind === 'one');
  const all = points.filter(({ kind }) => kind === 'all');
  const marginAt = ({ outcomes }: SurveyedPoint) => outcomes[c]?.margin ?? Number.NaN;
  const borneOut = (point: SurveyedPoint) => survives({ margin: marginAt(point), unit: '' });
  const effects = costs.map((cost): CostEffect => {
    const own = ones
      .filter(({ factors }) => factors.has(cost))
      .sort((a, b) => factorOf(a, cost) - factorOf(b, cost));
    const [lowest, highest] = [own[0], own.at(-1)];
    return {
      cost,
      survivesBelow: own.filter((point) => factorOf(point, cost) < 1).every(borneOut),
      survivesAbove: own.filter((point) => factorOf(point, cost) > 1).every(borneOut),
      change: lowest && highest ? marginAt(highest) - marginAt(lowest) : 0,
      correlation: rankCorrelation(
        all.map((point) => factorOf(point, cost)),
        all.map(marginAt),
      ),
    };
  });
  return {
    claim,
    margin: base?.outcomes[c]?.margin ?? Number.NaN,
    unit: base?.outcomes[c]?.unit ?? '',
    survivesPct: (100 * all.filter(borneOut).length) / all.length,
    effects,
    decidedBy: strongest(effects, 3 / Math.sqrt(all.length - 1)),
  };
}

function factorOf({ factors }: SurveyedPoint, cost: string): number {
  return factors.get(cost) ?? 1;
}

function strongest(effects: readonly CostEffect[], least: number): CostEffect | null {
  const strength = ({ correlation }: CostEffect) => Math.abs(correlation);
  const [first] = effects.toSorted((a, b) => strength(b) - strength(a));
  return first !== undefined && strength(first) > least ? first : null;
}
