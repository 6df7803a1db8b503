/** What a document shows of a command's output, beside what the command prints. */
import { distance } from 'fastest-levenshtein';

/** A line of its own that stands for any number of lines left out. */
const LEFT_OUT = '...';

/** What differs from run to run: how long something took. */
const TIMES: readonly RegExp[] = [
  /about [\d.]+ s with \d+ jobs; a run takes [\d.]+ s/,
  /\(\d+ MB, [\d.]+ s\)/,
];

const untimed = (line: string) => TIMES.reduce((text, time) => text.replace(time, ''), line);

/**
 * The shown lines with what is printed now in their place. What is left out stays left out: each
 * part between two such marks becomes the printed lines from the one that is most like the part's
 * first to the one that is most like its last.
 */
export function withPrinted(shown: readonly string[], printed: readonly string[]): string[] {
  if (shown.length === 0) return [...printed];
  const parts = partsOf(shown);
  let at = 0;
  const updated = parts.map((part, index) => {
    if (part.length === 0) return [];
    const isFirst = index === 0;
    const isLast = index === parts.length - 1;
    const from = isFirst ? 0 : closest(printed, part[0] ?? '', at);
    const to = isLast ? printed.length - 1 : closest(printed, part.at(-1) ?? '', from);
    at = to + 1;
    return printed.slice(from, at).map((line) => part.find(sameBut(line)) ?? line);
  });
  return updated.flatMap((part, index) => (index === 0 ? part : [LEFT_OUT, ...part]));
}

const sameBut = (line: string) => (other: string) => untimed(other) === untimed(line);

/** What stands between the marks; empty before a first and after a last one. */
function partsOf(shown: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const line of shown) {
    if (line === LEFT_OUT) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

/** By words first, then by the line's first word, last by its numbers, which may have changed. */
function closest(lines: readonly string[], wanted: string, from: number): number {
  const words = (line: string) => line.replaceAll(/[\d.]+/g, '#').replaceAll(/\s+/g, ' ');
  const first = (line: string) => line.trimStart().split(' ')[0] ?? '';
  const far = (line: string) =>
    1e6 * distance(words(line), words(wanted)) +
    1e3 * distance(first(line), first(wanted)) +
    distance(line, wanted);
  let best = from;
  for (let at = from; at < lines.length; at += 1) {
    if (far(lines[at] ?? '') < far(lines[best] ?? '')) best = at;
  }
  return best;
}
