import { type Alias, type Document, isAlias, isCollection, isPair, type Node, visit } from 'yaml';
import type { YamlProblem } from './yaml-problem.js';

/** Most values that all uses of anchors may stand for: each is checked as if it were written. */
const MOST_EXPANDED = 50_000;

/** Uses of anchors that are not there, that contain themselves, or that stand for too much. */
export function anchorProblems(document: Document): YamlProblem[] {
  const problems: YamlProblem[] = [];
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const sizes = new Map<Node, number>();
  let expanded = 0;
  visit(document, {
    Node: (_, node, above) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return undefined;
      }
      const target = anchors.get(node.source);
      const offset = node.range?.[0] ?? 0;
      if (target === undefined) {
        const message = `got *${node.source}; allowed: an anchor that is set before`;
        problems.push({ offset, field: '', message });
        return undefined;
      }
      if (above.includes(target)) {
        const message = `got *${node.source} within itself; allowed: an anchor that has its end`;
        problems.push({ offset, field: '', message });
        return undefined;
      }
      targets.set(node, target);
      expanded += sizeOf(target, targets, sizes);
      if (expanded <= MOST_EXPANDED) return undefined;
      const allowed = `at most ${MOST_EXPANDED} values that anchors stand for in the whole file`;
      const message = `got *${node.source}, with which it is more; allowed: ${allowed}`;
      problems.push({ offset, field: '', message });
      return visit.BREAK;
    },
  });
  return problems;
}

/** How many values a value is, with those that anchors stand for. */
function sizeOf(
  node: unknown,
  targets: ReadonlyMap<Alias, Node>,
  sizes: Map<Node, number>,
): number {
  if (isPair(node)) return sizeOf(node.value, targets, sizes);
  if (isAlias(node)) {
    const target = targets.get(node);
    return target === undefined ? 1 : sizeOf(target, targets, sizes);
  }
  if (!isCollection(node)) return 1;
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const items: readonly unknown[] = node.items;
  const size = items.reduce<number>((sum, item) => sum + sizeOf(item, targets, sizes), 1);
  sizes.set(node, size);
  return size;
}
