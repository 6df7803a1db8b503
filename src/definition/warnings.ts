import { fieldOf } from '../base/faults.js';
import type { Path, Source } from '../base/source.js';
import type { Warning } from './definition.js';
import { type Idle, idleThings, settlesFor } from './idle.js';
import { roundings } from './roundings.js';
import { type CheckedVariant, comesFrom } from './variants.js';

/** What is said of as many things of one kind on lines of their own; of more together. */
const MOST_ALIKE = 3;

interface Placed extends Idle {
  readonly at: Path;
}

/**
 * What a definition says to no effect, or too finely, in the order of the file, each thing once.
 * What does something in one variant is there to be compared, and has an effect.
 * @param warmupNs time that is simulated and not measured
 */
export function warningsOf(
  file: Source,
  variants: readonly CheckedVariant[],
  warmupNs: number,
): Warning[] {
  const found = variants.map((variant) => [
    ...idleThings(variant, warmupNs),
    ...roundings(variant),
  ]);
  const placed = variants.flatMap(({ id, changes }, i): Placed[] =>
    (found[i] ?? []).flatMap((idle) => {
      const untilNs = Math.min(
        ...variants.map((other, k) => settlesFor(idle, other, found[k] ?? [])),
      );
      const at = comesFrom(changes, idle.path) ? ['variants', id, ...idle.path] : idle.path;
      return untilNs > 0 ? [{ ...idle, untilNs, at }] : [];
    }),
  );
  return alike([...placed, ...twins(variants)])
    .flatMap(together)
    .map((group) => ({ ...file.locateKey(group.at), group }))
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ text, group }) => ({
      line: `${text}: ${group.field}: ${group.message}`,
      untilNs: group.untilNs,
    }));
}

/** Variants that are the same as one before. */
function twins(variants: readonly CheckedVariant[]): Placed[] {
  const texts = variants.map(({ settings }) => JSON.stringify(settings));
  return variants.flatMap(({ id }, i) => {
    const first = texts.indexOf(texts[i] ?? '');
    const message = `has the same settings as ${variants[first]?.id}`;
    const path = ['variants', id];
    return first === i ? [] : [{ path, at: path, thing: path, message, untilNs: Infinity }];
  });
}

/** Those of the same kind and place, each once. */
function alike(all: readonly Placed[]): Placed[][] {
  const groups = new Map<string, Map<string, Placed>>();
  for (const one of all) {
    const { at, message, untilNs } = one;
    const kind = [...at.slice(0, -1), message, untilNs].join('.');
    groups.set(kind, (groups.get(kind) ?? new Map<string, Placed>()).set(fieldOf(at), one));
  }
  return [...groups.values()].map((group) => [...group.values()]);
}

/** One line each for few, one for many. */
function together(group: readonly Placed[]) {
  const [first, ...others] = group.map((one) => ({ ...one, field: fieldOf(one.at) }));
  if (first === undefined) return [];
  if (others.length < MOST_ALIKE) return [first, ...others];
  const some = others.slice(0, MOST_ALIKE).map(({ at }) => fieldOf(at.slice(-1)));
  const more = others.length > MOST_ALIKE ? ', ...' : '';
  return [
    { ...first, field: `${first.field} and ${others.length} more (${some.join(', ')}${more})` },
  ];
}
