import type { JudgedClaims } from '../claims-list.js';
import { conditionText, measuredText, ruleText } from '../claims-list.js';
import { createInk } from '../ink.js';
import { nearestMargin } from '../margins.js';
import { formatNumber } from '../numbers.js';

const HEAD = [
  'Claim',
  'Figure',
  'Statement',
  'Paper',
  'Rule',
  'Ours',
  'Verdict',
  'Basis',
  'Margin',
  'Cause',
];

const PLAIN = createInk({ color: false, unicode: true });

/** The claims as a table in Markdown (GitHub's), for documents. */
export function verdictsMarkdown({ claims, unjudged }: JudgedClaims): string {
  const rows = claims.map((claim) => {
    const nearest = nearestMargin(claim);
    return [
      claim.id,
      claim.figure,
      claim.statement,
      claim.paper,
      ruleText(claim),
      claim.conditions.map((one) => conditionText(one, claim, PLAIN)).join('<br>'),
      claim.verdict === 'fails' ? '**fails**' : claim.verdict,
      claim.basis,
      `${formatNumber(nearest.margin)} ${nearest.unit}`,
      claim.causes.map((one) => `${one.label}: ${measuredText(one, PLAIN)}`).join('<br>'),
    ];
  });
  const lines = [HEAD, HEAD.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map(cell).join(' | ')} |`,
  );
  const rest = unjudged.map(({ id, reason }) => `${id} was not judged: ${reason}.`);
  return [...lines, ...(rest.length > 0 ? ['', ...rest] : [])].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\u00a0', ' ');
}
