import { type Claim, experimentsOf } from './claim.js';
import { MEASUREMENT_CLAIMS } from './measurement-claims.js';
import { SNORT_CLAIMS } from './snort-claims.js';
import { TRIPWIRE_CLAIMS } from './tripwire-claims.js';

/** All claims of the paper that the tool knows, in the paper's order. */
export const CLAIMS: readonly Claim[] = [
  ...SNORT_CLAIMS,
  ...TRIPWIRE_CLAIMS,
  ...MEASUREMENT_CLAIMS,
];

/** The claims for which an experiment is needed; none for one of the user's own. */
export function claimsAbout(experiment: string): readonly Claim[] {
  return CLAIMS.filter((claim) => experimentsOf(claim).includes(experiment));
}
