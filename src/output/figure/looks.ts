/** Looks that differ in colour; from there on they repeat, told apart in another way. */
export const LOOKS = 8;

/**
 * How each line of a figure is drawn, as a number: the same number is the same colour in every
 * picture. Of several variants, the first line of each has the number of the variant's place in
 * the definition, whatever else is drawn; further lines have numbers that no variant here has, from
 * the last down. Lines of one variant alone are different things of it: they are numbered in order.
 */
export function looksOf(
  lines: readonly { readonly variant: string; readonly place: number }[],
): number[] {
  const variants = new Set(lines.map(({ variant }) => variant));
  if (variants.size === 1) return lines.map((_, i) => i);
  const taken = new Set(lines.map(({ place }) => place));
  const seen = new Set<string>();
  return lines.map(({ variant, place }) => {
    const isFirst = !seen.has(variant);
    seen.add(variant);
    if (isFirst) return place;
    const free = freeLook(taken);
    taken.add(free);
    return free;
  });
}

function freeLook(taken: ReadonlySet<number>): number {
  for (let look = LOOKS - 1; look >= 0; look--) if (!taken.has(look)) return look;
  return Math.max(...taken) + 1;
}
