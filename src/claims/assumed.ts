import { assumedIn } from '../definition/assumed-settings.js';
import type { Definition } from '../definition/definition.js';
import { type Claim, runsFor, withoutAsides } from './claim.js';

/** Names of the assumed settings of the variants in which the conditions of claims are measured. */
export function assumedBy(claims: readonly Claim[], definitions: readonly Definition[]): string[] {
  const runs = runsFor(withoutAsides(claims));
  const names = definitions.flatMap(({ id, variants }) =>
    variants
      .filter((variant) => runs.get(id)?.has(variant.id))
      .flatMap(({ settings }) => assumedIn(settings).map(({ name }) => name)),
  );
  return [...new Set(names)];
}
