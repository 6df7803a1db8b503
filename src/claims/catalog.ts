import { InputError } from '../base/input-error.js';
import { allowedNames } from '../base/nearest.js';
import { ARGUED_CLAIMS } from './argued-claims.js';
import { type Claim, experimentsOf } from './claim.js';
import { COMPOSITION_CLAIMS } from './composition-claims.js';
import { COMPOSITION_FINDINGS } from './composition-findings.js';
import { MEASUREMENT_CLAIMS } from './measurement-claims.js';
import { RELATED_CLAIMS } from './related-claims.js';
import { SEDF_DC_CLAIMS } from './sedf-dc-claims.js';
import { SNORT_CLAIMS } from './snort-claims.js';
import { TRIPWIRE_CLAIMS } from './tripwire-claims.js';
import { UNCLAIMED_CLAIMS } from './unclaimed-claims.js';

/** The claims about the paper's experiments, in the paper's order. */
export const CLAIMS: readonly Claim[] = [
  ...SNORT_CLAIMS,
  ...TRIPWIRE_CLAIMS,
  ...MEASUREMENT_CLAIMS,
];

/** These, and after them what the paper argues, what it cites, and what it does not see. */
export const ALL_CLAIMS: readonly Claim[] = [
  ...CLAIMS,
  ...ARGUED_CLAIMS,
  ...COMPOSITION_CLAIMS,
  ...SEDF_DC_CLAIMS,
  ...RELATED_CLAIMS,
  ...UNCLAIMED_CLAIMS,
  ...COMPOSITION_FINDINGS,
];

/**
 * Claims by their ids, in the paper's order.
 * @param otherwise if none is named
 * @throws InputError for an id that is none
 */
export function claimsNamed(ids: readonly string[], otherwise: readonly Claim[]): readonly Claim[] {
  const known = ALL_CLAIMS.map((claim) => claim.id);
  const wanted = ids.map((id) => id.toUpperCase());
  const unknown = ids.find((_, i) => !known.includes(wanted[i] ?? ''));
  if (unknown !== undefined) {
    throw new InputError(`claim: got "${unknown}"; allowed: ${allowedNames(unknown, known)}`);
  }
  return ids.length === 0 ? otherwise : ALL_CLAIMS.filter(({ id }) => wanted.includes(id));
}

/** The claims for which an experiment is needed; none for one of the user's own. */
export function claimsAbout(experiment: string): readonly Claim[] {
  return claimsOfAny([{ id: experiment }]);
}

/** The claims for which any of some experiments is needed, in the paper's order. */
export function claimsOfAny(experiments: readonly { readonly id: string }[]): readonly Claim[] {
  const ids = experiments.map(({ id }) => id);
  return ALL_CLAIMS.filter((claim) => experimentsOf(claim).some((id) => ids.includes(id)));
}
