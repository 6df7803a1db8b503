import type { CageSettings } from '../../definition/cages/cage-schema.js';
import { resolveSubject } from '../../definition/model-input.js';
import type { Settings } from '../../definition/settings-schema.js';
import { BREAKDOWN_PARTS, type BreakdownPartId } from '../../measure/breakdown.js';
import type { Measure } from '../claim.js';

type Counts = CageSettings['counts'];

/** The metrics in which claims read OC-Monitor, by what it counts: of the subject, of a process. */
const METERS: Readonly<Record<Counts, readonly [ids: string, process: string]>> = {
  cr3: ['ids_cpu_pct', 'cr3_pct'],
  'no-kernel-threads': ['ids_no_threads_cpu_pct', 'no_threads_pct'],
  own: ['ids_true_cpu_pct', 'true_pct'],
};

/** What of an IDS's CR3 time it counts. */
const COUNTED: Readonly<Record<Counts, (part: BreakdownPartId) => boolean>> = {
  cr3: () => true,
  'no-kernel-threads': (part) => part !== 'kernel-threads',
  own: (part) => part === 'own',
};

/**
 * A claim's measure as an OC-Monitor shows it that counts so. Claims are written for CR3; what
 * they take from the true accounting stays.
 */
export function measureAsCounted(measure: Measure, counts: Counts): Measure {
  const counted = (metric: string) => metricAsCounted(metric, counts);
  switch (measure.kind) {
    case 'metrics':
      return { ...measure, metrics: measure.metrics.map(counted) };
    case 'metric-difference':
      return {
        ...measure,
        metrics: measure.metrics.map(counted),
        minus: measure.minus.map(counted),
      };
    case 'variant-difference':
    case 'variant-ratio':
      return { ...measure, metric: counted(measure.metric) };
    case 'breakdown-share':
      return counts === 'cr3'
        ? measure
        : { ...measure, of: BREAKDOWN_PARTS.map(({ id }) => id).filter(COUNTED[counts]) };
    case 'network-inside':
      return measure;
  }
}

/** The metrics that add up to the figures' sum. */
export function totalAsCounted(
  subject: NonNullable<Settings['subject']>,
  settings: Settings,
  counts: Counts,
): string[] {
  const total = resolveSubject({ ...settings, subject })?.total ?? [];
  return total.map((metric) => {
    const isCounted = Object.values(METERS).some(([ids]) => ids === metric);
    return isCounted ? METERS[counts][0] : metric;
  });
}

function metricAsCounted(metric: string, counts: Counts): string {
  const [cr3Ids, cr3Process] = METERS.cr3;
  const [ids, process] = METERS[counts];
  if (metric === cr3Ids) return ids;
  const [, name] = new RegExp(`^(process_.+_)${cr3Process}$`).exec(metric) ?? [];
  return name === undefined ? metric : name + process;
}
