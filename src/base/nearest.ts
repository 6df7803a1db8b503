import { closest, distance } from 'fastest-levenshtein';

/** The known name that a mistyped one was probably meant to be; null if none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name === '' || known.length === 0) return null;
  const nearest = closest(name.toLowerCase(), [...known]);
  const most = Math.max(1, Math.floor(Math.max(name.length, nearest.length) / 2));
  return distance(name.toLowerCase(), nearest) <= most ? nearest : null;
}

/** More names than that are cut off, if one of them is near enough to be suggested. */
const MOST_NAMES = 12;

/** "snort, tripwire; did you mean snort?": what is allowed, with the nearest of it. */
export function allowedNames(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none: there are none to choose from';
  const nearest = nearestName(name, known);
  if (nearest === null) return known.join(', ');
  const more = known.length - MOST_NAMES;
  const listed = known.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `${listed}; did you mean ${nearest}?`;
}

/**
 * The message about a name out of many: the nearest one first, then where all of them are.
 * @param known all names
 * @param allowed says where a user finds them
 */
export function unknownName(
  field: string,
  name: string,
  known: readonly string[],
  allowed: string,
): string {
  const nearest = nearestName(name, known);
  const hint = nearest === null ? '' : `did you mean ${nearest}? `;
  return `${field}: got ${JSON.stringify(name)}; ${hint}allowed: ${allowed}`;
}
