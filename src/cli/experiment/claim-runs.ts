import { type Claim, runsFor } from '../../claims/claim.js';
import type { Definition } from '../../definition/definition.js';
import { findExperiment } from '../../files/experiment-catalog.js';
import type { Wanted } from './simulation.js';

/** What has to be run for claims, besides experiments that are run as a whole. */
export function claimRuns(claims: readonly Claim[], besides: readonly Definition[] = []): Wanted[] {
  return [...runsFor(claims)]
    .filter(([id]) => besides.every((definition) => definition.id !== id))
    .map(([id, variants]) => ({ definition: findExperiment(id), variants: [...variants] }));
}
