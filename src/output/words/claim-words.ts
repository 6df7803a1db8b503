import {
  BASES,
  type Basis,
  type ClaimResult,
  EVIDENCE,
  type Evidence,
  type ExperimentResult,
  type Verdict,
} from '../../measure/experiment-result.js';

export type JudgedClaims = Pick<ExperimentResult, 'claims' | 'unjudged'>;

/** Singular and plural: "1 holds", "2 hold". */
const COUNTED: Readonly<Record<Verdict, readonly [one: string, more: string]>> = {
  holds: ['holds', 'hold'],
  undecided: ['undecided', 'undecided'],
  fails: ['fails', 'fail'],
};

const ORDER: readonly Verdict[] = ['holds', 'undecided', 'fails'];

/** Claims under a heading. */
export interface ClaimsPart {
  readonly title: string;
  readonly judged: JudgedClaims;
}

/** Heading of the claims about the paper's experiments. */
export const PAPERS = 'Claims of the paper';

/** Heading of the claims that are about no experiment of the paper's. */
const BEYOND = 'What the paper argues, cites and does not see';

/**
 * The claims about the paper's experiments, and apart from them what it only argues or does not
 * say; without a part that is empty.
 */
export function claimParts(title: string, { claims, unjudged }: JudgedClaims): ClaimsPart[] {
  const partOf = (heading: string, isOwn: boolean): ClaimsPart => ({
    title: heading,
    judged: {
      claims: claims.filter((claim) => isOfExperiments(claim) === isOwn),
      unjudged: unjudged.filter((claim) => isOfExperiments(claim) === isOwn),
    },
  });
  return [partOf(title, true), partOf(BEYOND, false)].filter(
    ({ judged }) => judged.claims.length + judged.unjudged.length > 0,
  );
}

/** Whether it is about an experiment of the paper's: a figure, or what the text says of one. */
function isOfExperiments({ figure }: Pick<ClaimResult, 'figure'>): boolean {
  return figure === 'text' || /^\d/.test(figure);
}

/**
 * "of 5 predictions, 3 hold, 2 fail; fitted: 7 hold; by construction: 4 hold; 2 not judged",
 * without what there is none of. Only predictions are evidence, so that nothing is added up; and
 * only the paper's experiments count as predicted. Of other claims it says what the paper has.
 */
export function verdictCounts({ claims, unjudged }: JudgedClaims): string {
  const own = claims.filter(isOfExperiments);
  const others = claims.filter((claim) => !isOfExperiments(claim));
  const groups = [
    ...BASES.map((basis) => {
      const some = own.filter((claim) => claim.basis === basis);
      return { head: headOf(basis, some.length), some };
    }),
    ...EVIDENCE.map((evidence) => {
      const some = others.filter((claim) => claim.evidence === evidence);
      return { head: `${EVIDENCE_WORDS[evidence]}:`, some };
    }),
  ];
  return [
    ...groups.flatMap(({ head, some }) => (some.length === 0 ? [] : `${head} ${countsOf(some)}`)),
    ...(unjudged.length === 0 ? [] : [`${unjudged.length} not judged`]),
  ].join('; ');
}

/** The same as the beginning of a sentence. */
export function verdictCountsSentence(judged: JudgedClaims): string {
  const text = verdictCounts(judged);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function headOf(basis: Basis, count: number): string {
  if (basis !== 'predicted') return `${basis}:`;
  return count === 1 ? 'of 1 prediction,' : `of ${count} predictions,`;
}

function countsOf(claims: readonly ClaimResult[]): string {
  return ORDER.flatMap((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    const [one, more] = COUNTED[verdict];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];
  }).join(', ');
}

/** Which claims say nothing about the model, a text for each reason. */
export function noEvidenceTexts(claims: readonly ClaimResult[]): string[] {
  const about = (why: string, basis: Basis) => {
    const ids = claims.filter((claim) => claim.basis === basis).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${why}: ${ids.join(', ')}.`];
  };
  return [
    ...about('Fitted, so no independent evidence', 'fitted'),
    ...about('True by construction, so no evidence', 'by construction'),
    ...about('Said after it was seen, so no evidence', 'observed'),
  ];
}

const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  measured: 'measured',
  expected: 'expected, not measured',
  argued: 'argued, not measured',
  setting: 'a setting, not measured',
  related: "of others' systems, not measured",
  cited: 'published by those whom the paper cites',
  unclaimed: 'not in the paper',
};

/** The paper's value, and where the paper has it from: "50% (measured)". */
export function paperText({ paper, evidence }: Pick<ClaimResult, 'paper' | 'evidence'>): string {
  return `${paper} (${EVIDENCE_WORDS[evidence]})`;
}
