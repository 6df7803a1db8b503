import { allowedNames } from '../base/nearest.js';
import { type Problem, show } from '../base/problems.js';
import type { Path } from '../base/source.js';
import type { Figure, Variant } from './definition.js';
import type { FigureFile } from './definition-schema.js';
import { metricsOf } from './metrics/metrics.js';

/** A figure with its references resolved, or what is wrong with them. */
export interface ResolvedFigure {
  readonly figure: Figure;
  readonly problems: readonly Problem[];
}

/** Resolves the variants, metrics and limit that figure `index` of a file names. */
export function resolveFigure(
  file: FigureFile,
  index: number,
  variants: readonly Variant[],
): ResolvedFigure {
  const problems: Problem[] = [];
  const lines = file.lines.map((line, i) => {
    const path: Path = ['figures', index, 'lines', i];
    const variant = resolveVariant(line.variant, path, variants, problems);
    if (variant !== undefined) checkMetric(line.metric, path, variant, problems);
    return {
      variant: variant?.id ?? '',
      place: variant === undefined ? 0 : variants.indexOf(variant),
      metric: line.metric,
      label: labelOf(line, file),
    };
  });
  const first = variants.find((variant) => variant.id === lines[0]?.variant);
  const figure = {
    id: file.id,
    number: file.number,
    title: file.title,
    yLabel: file.y_label,
    yUnit: file.y_unit,
    isMain: file.main,
    lines,
    limit: resolveLimit(file, index, first, problems),
  };
  return { figure, problems };
}

/** Lines of one name say what else they are. */
function labelOf(line: FigureFile['lines'][number], { lines }: FigureFile): string {
  const { label, variant, metric } = line;
  const alike = lines.filter((other) => other.label === label);
  if (alike.length === 1) return label;
  const sameVariant = alike.filter((other) => other.variant === variant);
  if (sameVariant.length === alike.length) return `${label} (${metric})`;
  return sameVariant.length === 1 ? `${label} (${variant})` : `${label} (${variant}, ${metric})`;
}

function resolveVariant(
  id: string | undefined,
  path: Path,
  variants: readonly Variant[],
  problems: Problem[],
): Variant | undefined {
  if (id === undefined && variants.length === 1) return variants[0];
  const variant = variants.find((one) => one.id === id);
  if (variant === undefined) {
    const ids = variants.map((one) => one.id);
    problems.push({
      path: [...path, 'variant'],
      got: show(id),
      allowed: id === undefined ? ids.join(', ') : allowedNames(id, ids),
    });
  }
  return variant;
}

function checkMetric(name: string, path: Path, variant: Variant, problems: Problem[]): void {
  const names = metricsOf(variant.input, variant.subject).map((metric) => metric.name);
  if (!names.includes(name)) {
    const allowed = allowedNames(name, names);
    problems.push({ path: [...path, 'metric'], got: show(name), allowed });
  }
}

/** A cage's or a domain's limit is the one in the variant of the figure's first line. */
function resolveLimit(
  file: FigureFile,
  index: number,
  variant: Variant | undefined,
  problems: Problem[],
): Figure['limit'] {
  const { limit } = file;
  if (limit === undefined || variant === undefined) return null;
  if ('value' in limit) return { value: limit.value, label: limit.label };
  const [kind, name] = 'cage' in limit ? ['cage', limit.cage] : ['domain', limit.domain];
  const owners = kind === 'cage' ? variant.input.cages : variant.input.domains;
  const owner = owners.find((one) => one.name === name);
  if (owner !== undefined && owner.capPct > 0) {
    return { value: owner.capPct, label: `Limit of ${kind === 'cage' ? 'the cage' : name}` };
  }
  const capped = owners.filter((one) => one.capPct > 0).map((one) => one.name);
  const names = allowedNames(name as string, capped);
  problems.push({
    path: ['figures', index, 'limit', kind as string],
    got: show(name),
    allowed: `a ${kind} with a cap in variant ${variant.id}: ${names}`,
  });
  return null;
}
