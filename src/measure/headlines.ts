import type { Figure, Subject, Variant } from '../definition/definition.js';
import type { MetricRecipe } from '../definition/metrics/metric-recipe.js';

/** What a table shows of an experiment with a subject, where there is such a metric. */
const SUBJECT_METRICS = [
  'vm_cpu_pct',
  'ids_cpu_pct',
  'ids_true_cpu_pct',
  'ids_proc_pct',
  'dom0_net_cpu_pct',
  'dom0_disk_cpu_pct',
  'idle_pct',
  'throughput_rps',
  'connection_errors_rps',
  'response_ms',
  'response_p95_ms',
  'ids_missed_packets_pct',
  'scan_mb_per_s',
  'scan_files_per_s',
];

/**
 * Names of the metrics that a table of means shows of a variant: all of one without subject; of
 * another those about the subject, what other VMs get, its own ones, and whatever a figure shows.
 * CPU time comes first, what is left of it last, then what was achieved with it.
 */
export function headlinesOf(
  { subject, input, metrics: own = [] }: Variant,
  metrics: readonly MetricRecipe[],
  figures: readonly Figure[],
): string[] {
  if (subject === null) return metrics.map(({ name }) => name);
  const shown = new Set([
    ...SUBJECT_METRICS,
    ...sumAndParts(subject),
    ...input.domains.slice(1).flatMap(({ name }) => {
      return name === subject.vm ? [] : `domain_${name}_cpu_pct`;
    }),
    // What a job took is all that it is there for.
    ...metrics.flatMap((metric) => ('fact' in metric ? metric.name : [])),
    ...own.map(({ name }) => name),
    ...figures.flatMap(({ lines }) => lines.map(({ metric }) => metric)),
  ]);
  return metrics
    .filter(({ name }) => shown.has(name))
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map(({ name }) => name);
}

/** A sum of one part would repeat it. */
function sumAndParts({ total }: Subject): readonly string[] {
  return total.length > 1 ? [...total, 'total_cpu_pct'] : total;
}

function rankOf({ name, unit }: MetricRecipe): number {
  if (name === 'idle_pct') return 1;
  return unit === '%' && !name.includes('missed') ? 0 : 2;
}

/** Headlines of several variants; those that the first lacks come after what they follow. */
export function orderedNames(
  variants: readonly { readonly headlines: readonly string[] }[],
): string[] {
  const names: string[] = [];
  for (const { headlines } of variants) {
    headlines.forEach((name, i) => {
      if (names.includes(name)) return;
      const before = headlines[i - 1];
      names.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, name);
    });
  }
  return names;
}
