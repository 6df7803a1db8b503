import type { ClaimResult, UnjudgedClaim } from '../../measure/experiment-result.js';
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
  PAPERS,
  paperText,
  verdictCountsSentence,
} from '../words/claim-words.js';
import { table } from './html-table.js';
import { html, type Markup } from './markup.js';

/**
 * All claims, those apart that are about no experiment of the paper's, each with a link to all
 * about it.
 * @param anchors of the places where that is, by claim
 */
export function claimsSummary(judged: JudgedClaims, anchors: readonly string[]): Markup {
  const anchorOf = (claim: ClaimResult) => anchors[judged.claims.indexOf(claim)] ?? '';
  const tables = claimParts(PAPERS, judged).map(({ title, judged: { claims } }) =>
    claims.length === 0 ? '' : summaryTable(title, claims, anchorOf),
  );
  return html`<p>${verdictCountsSentence(judged)} <em>Ours</em> is the mean over the seeds with half
of its 95% confidence interval. A claim <em>holds</em> or <em>fails</em> if the whole interval is
inside or outside its rule. A <em>fitted</em> one was used to set a cost or to make a choice that
the paper leaves open, or follows from those. One that is true <em>by construction</em> cannot fail
in this model. Only the <em>predicted</em> ones are evidence.</p>
${tables}${judged.unjudged.map(unjudged)}`;
}

function summaryTable(
  title: string,
  claims: readonly ClaimResult[],
  anchorOf: (claim: ClaimResult) => string,
): Markup {
  const rows = claims.map((claim) => [
    { content: html`<a href="#${anchorOf(claim)}">${claim.id}</a>` },
    { content: claim.statement },
    { content: claim.figure },
    { content: paperText(claim) },
    { content: lines(oursOf(claim)) },
    { content: lines(ruleTexts(claim)) },
    { content: verdict(claim) },
    { content: claim.basis },
  ]);
  const heads = ['Claim', 'Statement', 'Figure', 'Paper', 'Ours', 'Rule', 'Verdict', 'Basis'];
  return table(title, heads, rows);
}

/** All about one claim, in a place to link to. */
export function claimDetails(claim: ClaimResult, anchor: string): Markup {
  const others = othersTexts(claim, PLAIN);
  const causes = claim.causes.map((one) => causeText(one, PLAIN));
  return html`<article id="${anchor}">
<h3><a href="#${anchor}">${claim.id}</a>: ${verdict(claim)}</h3>
<p>${claim.statement}</p>
<dl>
${entry('Paper', html`${paperText(claim)}, ${figureText(claim.figure)}`)}
${entry('Ours', list(oursOf(claim)))}
${entry('Rule', html`${ruleText(claim)}. ${claim.reason}`)}
${entry('Margin', html`${marginText(claim, PLAIN)}`)}
${others.length === 0 ? '' : entry('Others', list(others))}
${causes.length === 0 ? '' : entry('Cause', list(causes))}
${entry('Basis', html`${claim.basis}`)}
</dl>
</article>
`;
}

function oursOf(claim: ClaimResult): string[] {
  return claim.conditions.map((one) => conditionText(one, claim, PLAIN));
}

function verdict(claim: ClaimResult): Markup {
  return html`<span class="${claim.verdict}">${claimVerdictText(claim, PLAIN)}</span>`;
}

function entry(name: string, content: Markup): Markup {
  return html`<dt>${name}</dt><dd>${content}</dd>`;
}

function list(items: readonly string[]): Markup {
  const [only] = items;
  return items.length === 1
    ? html`${only ?? ''}`
    : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function lines(items: readonly string[]): Markup {
  return html`${items.map((item, i) => (i === 0 ? html`${item}` : html`<br>${item}`))}`;
}

function unjudged({ id, reason }: UnjudgedClaim): Markup {
  return html`<p>${id} was not judged: ${reason}.</p>\n`;
}
