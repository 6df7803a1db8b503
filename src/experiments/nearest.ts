import { closest, distance } from 'fastest-levenshtein';

/** The known name that a mistyped one was probably meant to be; null if none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const nearest = closest(name.toLowerCase(), [...known]);
  const most = Math.max(1, Math.floor(Math.max(name.length, nearest.length) / 2));
  return distance(name.toLowerCase(), nearest) <= most ? nearest : null;
}

/** "snort, tripwire; did you mean snort?": what is allowed, with the nearest of it. */
export function allowedNames(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none, as there is none';
  const nearest = nearestName(name, known);
  return `${known.join(', ')}${nearest === null ? '' : `; did you mean ${nearest}?`}`;
}
