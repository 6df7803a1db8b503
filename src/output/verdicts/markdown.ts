import type { ClaimResult } from '../../measure/experiment-result.js';
import { recordComment } from '../folder/record.js';
import {
  causeText,
  claimVerdictText,
  conditionText,
  figureText,
  marginText,
  othersTexts,
  ruleText,
  ruleTexts,
} from '../terminal/claims-list.js';
import { PLAIN } from '../terminal/ink.js';
import {
  claimParts,
  type JudgedClaims,
  noEvidenceTexts,
  PAPERS,
  paperText,
  verdictCountsSentence,
} from '../words/claim-words.js';
import { markdownTable } from '../words/markdown-table.js';

/**
 * The claims in Markdown (GitHub's), for documents: all in a table, those apart that are about no
 * experiment of the paper's, then each one at length.
 */
export function verdictsMarkdown(judged: JudgedClaims): string {
  const parts = claimParts(PAPERS, judged).flatMap(({ title, judged: part }, i) => [
    ...(i === 0 ? [] : ['']),
    ...(title === PAPERS ? [] : [`**${title}.**`, '']),
    ...tableOf(part),
  ]);
  const lines = [...parts, ...judged.claims.flatMap(sectionOf)];
  return lines.map((line) => line.replaceAll('\u00a0', ' ')).join('\n');
}

function tableOf(judged: JudgedClaims): string[] {
  const { claims, unjudged } = judged;
  const head = ['Claim', 'Figure', 'Paper', 'Ours', 'Rule', 'Verdict', 'Basis', 'Margin'];
  const rows = claims.map((claim) => [
    claim.id,
    claim.figure,
    paperText(claim),
    claim.conditions.map((one) => conditionText(one, claim, PLAIN)).join('<br>'),
    ruleTexts(claim).join('<br>'),
    claimVerdictText(claim, PLAIN),
    claim.basis,
    marginText(claim, PLAIN),
  ]);
  return [
    [verdictCountsSentence(judged), ...noEvidenceTexts(claims)].join(' '),
    '',
    ...markdownTable(head, rows),
    ...unjudged.flatMap(({ id, reason }) => ['', `${id} was not judged: ${reason}.`]),
  ];
}

/** The same as a file, which records the command line that wrote it. */
export function verdictsDocument(judged: JudgedClaims, writtenBy: string): string {
  const head = `# The paper's claims\n\n${recordComment(writtenBy)}`;
  return `${head}\n\n${verdictsMarkdown(judged)}\n`;
}

function sectionOf(claim: ClaimResult): string[] {
  const conditions = claim.conditions.map((one) => conditionText(one, claim, PLAIN));
  return [
    '',
    `## ${claim.id}: ${claimVerdictText(claim, PLAIN)}`,
    '',
    claim.statement,
    '',
    `- Paper: ${paperText(claim)}, ${figureText(claim.figure)}`,
    `- Rule: ${ruleText(claim)}. ${claim.reason}`,
    ...listed('Ours', conditions),
    `- Margin: ${marginText(claim, PLAIN)}`,
    ...listed('Others', othersTexts(claim, PLAIN)),
    ...listed(
      'Cause',
      claim.causes.map((cause) => causeText(cause, PLAIN)),
    ),
  ];
}

function listed(name: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const [only = ''] = items;
  return items.length === 1
    ? [`- ${name}: ${only}`]
    : [`- ${name}:`, ...items.map((item) => `  - ${item}`)];
}
