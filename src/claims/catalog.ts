import type { Claim } from './claim.js';
import { SNORT_CLAIMS } from './snort-claims.js';

/** All claims of the paper that the tool knows. */
const CLAIMS: readonly Claim[] = SNORT_CLAIMS;

/** The claims about an experiment; none for one of the user's own. */
export function claimsAbout(experiment: string): readonly Claim[] {
  return CLAIMS.filter((claim) => claim.experiment === experiment);
}
