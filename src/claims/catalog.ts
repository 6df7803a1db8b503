import { InputError } from '../base/input-error.js';
import { allowedNames } from '../base/nearest.js';
import { type Claim, experimentsOf } from './claim.js';
import { COMPOSITION_CLAIMS } from './composition-claims.js';
import { MEASUREMENT_CLAIMS } from './measurement-claims.js';
import { SEDF_DC_CLAIMS } from './sedf-dc-claims.js';
import { SNORT_CLAIMS } from './snort-claims.js';
import { TRIPWIRE_CLAIMS } from './tripwire-claims.js';

/** All claims of the paper that the tool knows, in the paper's order. */
export const CLAIMS: readonly Claim[] = [
  ...SNORT_CLAIMS,
  ...TRIPWIRE_CLAIMS,
  ...MEASUREMENT_CLAIMS,
  ...COMPOSITION_CLAIMS,
  ...SEDF_DC_CLAIMS,
];

/**
 * Claims by their ids, in the paper's order; all if none is named.
 * @throws InputError for an id that is none
 */
export function claimsNamed(ids: readonly string[]): readonly Claim[] {
  const known = CLAIMS.map((claim) => claim.id);
  const wanted = ids.map((id) => id.toUpperCase());
  const unknown = ids.find((_, i) => !known.includes(wanted[i] ?? ''));
  if (unknown !== undefined) {
    throw new InputError(`claim: got "${unknown}"; allowed: ${allowedNames(unknown, known)}`);
  }
  return ids.length === 0 ? CLAIMS : CLAIMS.filter(({ id }) => wanted.includes(id));
}

/** The claims for which an experiment is needed; none for one of the user's own. */
export function claimsAbout(experiment: string): readonly Claim[] {
  return claimsOfAny([{ id: experiment }]);
}

/** The claims for which any of some experiments is needed, in the paper's order. */
export function claimsOfAny(experiments: readonly { readonly id: string }[]): readonly Claim[] {
  const ids = experiments.map(({ id }) => id);
  return CLAIMS.filter((claim) => experimentsOf(claim).some((id) => ids.includes(id)));
}
