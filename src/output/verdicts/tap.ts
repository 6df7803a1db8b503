import type { ClaimResult } from '../../measure/experiment-result.js';
import { conditionText } from '../terminal/claims-list.js';
import { createInk } from '../terminal/ink.js';
import type { JudgedClaims } from '../words/claim-words.js';

const PLAIN = createInk({ color: false, unicode: false });

/**
 * The claims in the Test Anything Protocol, version 13. What is undecided, and what was not judged,
 * is skipped with the reason.
 */
export function verdictsTap({ claims, unjudged }: JudgedClaims): string {
  const lines = claims.map((claim, i) => {
    const result = claim.verdict === 'fails' ? 'not ok' : 'ok';
    const directive = claim.verdict === 'undecided' ? ' # SKIP undecided' : '';
    return [`${result} ${i + 1} - ${title(claim)}${directive}`, ...details(claim)].join('\n');
  });
  const skipped = unjudged.map(
    ({ id, statement, reason }, i) =>
      `ok ${claims.length + i + 1} - ${plain(`${id} ${statement}`)} # SKIP ${plain(reason)}`,
  );
  return ['TAP version 13', `1..${lines.length + skipped.length}`, ...lines, ...skipped].join('\n');
}

function title({ id, statement }: ClaimResult): string {
  return plain(`${id} ${statement}`);
}

function details(claim: ClaimResult): string[] {
  const { conditions, finding, basis, evidence } = claim;
  const comments = [
    ...conditions.map((one) => `${conditionText(one, claim, PLAIN)}; rule: ${one.rule}`),
    ...(finding === '' ? [] : [finding]),
    `basis: ${basis}; evidence: ${evidence}`,
  ];
  return comments.map((comment) => `  # ${plain(comment)}`);
}

/** A hash mark would start a directive. */
function plain(text: string): string {
  return text.replaceAll('#', '\\#').replaceAll('\u00a0', ' ');
}
