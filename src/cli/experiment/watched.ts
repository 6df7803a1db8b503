import type { Claim } from '../../claims/claim.js';
import type { NumbersOf } from './simulation.js';

/**
 * What --precision is about: the numbers of figures and of claims.
 * @param shown how many of the results, from the first on, are written with their figures
 * @param named the claims; default: all that the results tell about
 */
export function watchedIn(shown: number, named?: readonly Claim[]): NumbersOf {
  return async (results) => {
    const { judgedNumbers, shownNumbers } = await import('../../claims/watched-numbers.js');
    const claims = named ?? (await import('../../claims/catalog.js')).ALL_CLAIMS;
    const judged = judgedNumbers(claims, results);
    return results.map((result, i) => [
      ...(i < shown ? shownNumbers(result) : []),
      ...(judged[i] ?? []),
    ]);
  };
}
