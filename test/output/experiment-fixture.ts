/** A synthetic result of the size and shape of the Snort experiment; no simulation behind it. */
import { findingOf } from '../../src/claims/finding.js';
import { allRulesText } from '../../src/claims/rule.js';
import type {
  ClaimResult,
  ConditionResult,
  ExperimentResult,
  Metric,
  Summary,
  VariantResult,
  Verdict,
} from '../../src/measure/experiment-result.js';
import { summarize } from '../../src/measure/statistics.js';

const SEEDS = [1, 2, 3];
const SAMPLES = 60;

const cpu = (name: string, label: string): Metric => ({
  name,
  unit: '%',
  label,
  description: `CPU time of ${label}, percent of one PCPU`,
});

export const METRICS: readonly Metric[] = [
  cpu('vm_cpu_pct', 'VM'),
  cpu('ids_cpu_pct', 'Snort, charged (CR3)'),
  cpu('ids_true_cpu_pct', 'Snort, own work'),
  cpu('dom0_net_cpu_pct', 'Domain 0, network'),
  cpu('total_cpu_pct', 'VM + Snort'),
  cpu('idle_pct', 'Idle'),
  {
    name: 'throughput_rps',
    unit: 'replies/s',
    label: 'Replies',
    description: 'Replies in a second',
  },
  {
    name: 'connection_errors_rps',
    unit: 'errors/s',
    label: 'Connection errors',
    description: 'Failed attempts in a second',
  },
  {
    name: 'ids_missed_packets_pct',
    unit: '%',
    label: 'Snort, missed packets',
    description: 'Packets that the IDS should have seen and did not, of all of them',
  },
];

/** Levels of the metrics above by variant. */
const LEVELS: Readonly<Record<string, readonly number[]>> = {
  offloadcage: [22.1, 27.8, 8.4, 18.2, 49.9, 50.1, 2107, 1893, 21.4],
  offload: [39.6, 58.9, 17.2, 35.1, 98.5, 1.5, 3871, 129, 13.9],
  'no-offload': [49.7, 0, 16.1, 29.6, 79.3, 20.7, 2885, 1115, 2.2],
};

const TITLES: Readonly<Record<string, string>> = {
  offloadcage: 'OffloadCage',
  offload: 'plain offload',
  'no-offload': 'no offload',
};

export function experimentFixture(): ExperimentResult {
  return {
    id: 'snort',
    title: 'Snort watches a web server',
    description: 'Snort watches the traffic of a VM.',
    paper: 'section 5.1',
    version: '0.1.0',
    definitionHash: '0123456789abcdef',
    seeds: SEEDS,
    durationS: SAMPLES,
    warmupS: 5,
    sampleS: 1,
    variants: Object.keys(LEVELS).map(variantFixture),
    figures: [
      cpuFigure(4, 'CPU use with OffloadCage', 'offloadcage', 'Limit of the cage'),
      cpuFigure(5, 'CPU use with plain offload', 'offload', 'Limit of vm1'),
      {
        id: 'fig6',
        number: 6,
        title: 'Throughput of the web server',
        yLabel: 'Throughput',
        yUnit: 'replies/s',
        isMain: false,
        lines: Object.keys(LEVELS).map((variant, place) => ({
          variant,
          place,
          metric: 'throughput_rps',
          label: TITLES[variant] ?? '',
        })),
        limit: null,
      },
      cpuFigure(7, 'CPU use without offload', 'no-offload', 'Limit of vm1'),
    ],
    claims: claimsFixture(),
    unjudged: [],
  };
}

function variantFixture(id: string): VariantResult {
  const levels = LEVELS[id] ?? [];
  const runs = SEEDS.map((seed) => ({
    seed,
    values: levels.map((level, m) =>
      Float64Array.from({ length: SAMPLES }, (_, i) => level * (1 + 0.08 * wobble(seed, m, i))),
    ),
  }));
  const summary = METRICS.map(({ name, unit }, m): [string, Summary] => {
    const means = runs.map(
      ({ values }) => [...(values[m] ?? [])].reduce((a, b) => a + b, 0) / SAMPLES,
    );
    return [name, { ...summarize(means), unit }];
  });
  const ids = levels[1] ?? 0;
  return {
    id,
    title: TITLES[id] ?? '',
    description: id === 'offload' ? 'Only the VM is capped.' : '',
    metrics: METRICS,
    headlines: METRICS.map(({ name }) => name),
    timesS: Array.from({ length: SAMPLES }, (_, i) => i + 1),
    runs,
    summary: Object.fromEntries(summary),
    breakdown:
      ids === 0
        ? []
        : [
            { label: 'Own work of the IDS', cpu_pct: 0.3 * ids, share_pct: 30 },
            { label: 'Interrupts and softirqs for the VM', cpu_pct: 0.6 * ids, share_pct: 60 },
            { label: 'Borrowed by kernel threads', cpu_pct: 0.1 * ids, share_pct: 10 },
          ],
    counters: [{ name: 'NIC ring full', per_s: levels[8] ?? 0 }],
  };
}

/** Something irregular between -1 and 1. */
function wobble(seed: number, metric: number, sample: number): number {
  return Math.sin(seed * 12.9 + metric * 78.2 + sample * sample * 0.37);
}

function cpuFigure(number: number, title: string, variant: string, limit: string) {
  const place = Object.keys(LEVELS).indexOf(variant);
  return {
    id: `fig${number}`,
    number,
    title,
    yLabel: 'CPU use',
    yUnit: '%',
    isMain: false,
    lines: [
      { variant, place, metric: 'vm_cpu_pct', label: 'VM' },
      { variant, place, metric: 'ids_cpu_pct', label: 'Snort, charged (CR3)' },
      { variant, place, metric: 'total_cpu_pct', label: 'VM + Snort' },
    ],
    limit: { value: 50, label: limit },
  };
}

function claimsFixture(): ClaimResult[] {
  const condition = (
    label: string,
    mean: number,
    half: number,
    verdict: Verdict,
    rule: string,
    unit = '%',
    finding = '',
  ) =>
    ({
      label,
      mean,
      sd: half / 2.5,
      ci95: [mean - half, mean + half],
      n: 3,
      unit,
      rule,
      verdict,
      finding,
      margin: verdict === 'fails' ? -2 * half : 2 * half,
      marginUnit: unit === '%' ? 'points' : unit,
    }) as const;
  const claim = (
    id: string,
    figure: string,
    paper: string,
    basis: ClaimResult['basis'],
    verdict: Verdict,
    conditions: readonly ConditionResult[],
  ): ClaimResult => ({
    id,
    figure,
    statement: `What the paper says in claim ${id}, at some length, so that it has to be wrapped.`,
    paper,
    rule: allRulesText(conditions),
    reason: 'Because a plot can be read so well.',
    conditions,
    alternatives: [],
    alternativesNotRun: [],
    causes: [],
    verdict,
    finding: findingOf(conditions),
    basis,
    evidence: figure === 'text' ? 'argued' : 'measured',
  });
  return [
    claim('S1', '4', '50%', 'predicted', 'holds', [
      condition('VM + Snort', 49.9, 0.4, 'holds', '47.5 to 52.5 %'),
    ]),
    claim('S2', '5', 'far above 50%', 'predicted', 'holds', [
      condition('VM + Snort', 98.5, 0.8, 'holds', 'at least 60 %'),
    ]),
    claim('S3', '5', 'about 60%', 'fitted', 'undecided', [
      condition('Snort, charged (CR3)', 64.8, 0.9, 'undecided', '55 to 65 %'),
      condition('VM', 39.6, 0.3, 'holds', 'at most 50.5 %'),
    ]),
    claim('S4', '6', 'plain offload > no offload > OffloadCage', 'predicted', 'fails', [
      condition(
        'Plain offload - no offload',
        986.2,
        31.1,
        'holds',
        'more than 0 replies/s',
        'replies/s',
      ),
      condition(
        'No offload - OffloadCage',
        -77.8,
        20.4,
        'fails',
        'more than 0 replies/s',
        'replies/s',
        'wrong sign',
      ),
    ]),
    claim('S5', '7', 'about 80%', 'fitted', 'holds', [
      condition('VM + domain 0', 79.3, 0.7, 'holds', '75 to 85 %'),
    ]),
    claim('S6', 'text', 'net 50%', 'by construction', 'holds', [
      condition("Network work in Snort's time", 60, 1.2, 'holds', 'at least 25 %'),
    ]),
  ];
}
