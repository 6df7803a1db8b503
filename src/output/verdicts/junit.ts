import type { ClaimResult } from '../../measure/experiment-result.js';
import { escapeXml } from '../svg/xml.js';
import { conditionText, ruleText } from '../terminal/claims-list.js';
import { PLAIN } from '../terminal/ink.js';
import type { JudgedClaims } from '../words/claim-words.js';

/**
 * The claims as a JUnit report, as continuous integration reads it: a test case a claim. What is
 * undecided, and what was not judged, is skipped with the reason.
 */
export function verdictsJunit({ claims, unjudged }: JudgedClaims): string {
  const failures = claims.filter(({ verdict }) => verdict === 'fails').length;
  const undecided = claims.filter(({ verdict }) => verdict === 'undecided').length;
  const total = claims.length + unjudged.length;
  const skipped = undecided + unjudged.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${total}" failures="${failures}">`,
    `  <testsuite name="claims" tests="${total}" failures="${failures}" skipped="${skipped}">`,
    ...claims.map((claim) =>
      testCase(claim.id, claim.statement, properties(claim) + outcome(claim)),
    ),
    ...unjudged.map(({ id, statement, reason }) =>
      testCase(id, statement, `<skipped message="${escapeXml(reason)}"/>`),
    ),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testCase(id: string, statement: string, content: string): string {
  const attributes = `classname="${id}" name="${escapeXml(`${id} ${statement}`)}"`;
  return `    <testcase ${attributes}>${content}</testcase>`;
}

/** What a report on the tests would count otherwise, namely as evidence. */
function properties({ basis, evidence }: ClaimResult): string {
  const property = (name: string, value: string) => `<property name="${name}" value="${value}"/>`;
  const all = property('basis', basis) + property('evidence', evidence);
  return `<properties>${all}</properties>`;
}

function outcome(claim: ClaimResult): string {
  const ours = claim.conditions.map((one) => conditionText(one, claim, PLAIN)).join('; ');
  const finding = claim.finding === '' ? '' : `; ${claim.finding}`;
  const text = escapeXml(`${ours}${finding}; rule: ${ruleText(claim)}`);
  switch (claim.verdict) {
    case 'holds':
      return `<system-out>${text}</system-out>`;
    case 'fails':
      return `<failure message="${text}"/>`;
    case 'undecided':
      return `<skipped message="${text}"/>`;
  }
}
