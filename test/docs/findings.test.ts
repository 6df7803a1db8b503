import { expect, test } from 'vitest';
import { argued, arguedGiven, arguedTables } from './argued-findings.js';
import { compositions, compositionsGiven } from './composition-findings.js';
import { expectHeld } from './held.js';
import { readDocument } from './markdown.js';
import {
  claimMean,
  cr3OverProc,
  judgedClaims,
  mean,
  readingTable,
  sampleMean,
  share,
} from './results.js';
import { type Statement, says, type Table, unheldNumbers } from './statements.js';
import { resultOf, summaryOf, where } from './sweep-tables.js';

const VARIANTS = ['offloadcage', 'offload', 'no-offload'];
const whole = (value: number) => value.toFixed(0);
const points = (value: number) => (Math.abs(value) < 0.05 ? '0.0' : value.toFixed(1));

const snort = readingTable(
  '| Snort, mean ± half the 95% interval | OffloadCage | plain offload | no offload |',
  'snort',
  VARIANTS,
  [
    ['CPU of the VM', 'vm_cpu_pct', 1, ' %'],
    ['CPU that Snort is charged for (CR3)', 'ids_cpu_pct', 1, ' %'],
    ["CPU of Snort's own work", 'ids_true_cpu_pct', 1, ' %'],
    ["domain 0's network work for the VM", 'dom0_net_cpu_pct', 1, ' %'],
    ['sum, as the figure has it', 'total_cpu_pct', 1, ' %'],
    ['idle', 'idle_pct', 1, ' %'],
    ['replies a second', 'throughput_rps', 0, ''],
    ['connection errors a second', 'connection_errors_rps', 0, ''],
    ['packets that Snort missed', 'ids_missed_packets_pct', 1, ' %'],
  ],
);

const tripwire = readingTable(
  '| Tripwire, mean ± half the 95% interval | OffloadCage | plain offload | no offload |',
  'tripwire',
  VARIANTS,
  [
    ['CPU of the VM', 'vm_cpu_pct', 1, ' %'],
    ['CPU that Tripwire is charged for (CR3)', 'ids_cpu_pct', 1, ' %'],
    ["CPU of Tripwire's own work", 'ids_true_cpu_pct', 1, ' %'],
    ['sum, as the figure has it', 'total_cpu_pct', 1, ' %'],
    ['replies a second', 'throughput_rps', 0, ''],
    ['checked, MB a second', 'scan_mb_per_s', 1, ''],
  ],
);

/** Whether /proc shows a share of what the tools know, or of the time that passes. */
type Shown = 'proc' | 'proc_wall';

/** The loop is looked at while the second one runs, less a second in which shares settle. */
const loopGap = (variant: string, shown: Shown = 'proc') =>
  sampleMean('loop', variant, 'process_loop1_cr3_pct', 31, 60) -
  sampleMean('loop', variant, `process_loop1_${shown}_pct`, 31, 60);

const snortGap = (variant: string, shown: Shown = 'proc') =>
  cr3OverProc('accounting-snort', variant, 'process_snort', shown);

const tripwireGap = (variant: string, shown: Shown = 'proc') =>
  cr3OverProc('accounting-tripwire', variant, 'process_tripwire', shown);

type Gap = (variant: string, shown?: Shown) => number;

function gapRow(
  name: string,
  gap: Gap,
  [steal, o1, ...others]: readonly [string, string, ...string[]],
) {
  const gaps = [gap(steal), gap(steal, 'proc_wall'), gap(o1), ...others.map((one) => gap(one))];
  return `| ${[name, ...gaps.map(points)].join(' | ')} |`;
}

const ACCOUNTINGS = ['o1-steal', 'o1', 'cfs', 'cfs-hvm'] as const;
const FULL = ['full-o1-steal', 'full-o1', 'full-cfs'] as const;

const accounting: Table = {
  head:
    '| CR3 minus /proc, points | O(1), stolen time off | the same, of wall time | ' +
    'O(1), whole ticks | CFS | CFS, fully virtualised |',
  rows: [
    gapRow("a loop beside another VM's loop", loopGap, ACCOUNTINGS),
    gapRow('Snort, 1000 requests a second', snortGap, ACCOUNTINGS),
    `${gapRow('Snort, 4000 requests a second', snortGap, FULL)} |`,
    gapRow('Tripwire', tripwireGap, ACCOUNTINGS),
  ],
};

const sweepMean = (sweep: string, point: Readonly<Record<string, string>>, metric: string) =>
  summaryOf(where(resultOf(sweep), point), metric).mean;

const lessThanPlain = (replies: number) =>
  whole(100 - (100 * replies) / mean('snort', 'offload', 'throughput_rps'));

const snortFirst = sweepMean(
  'snort-priority',
  {
    'clients.httperf.rate': '4000',
    'processes.snort.nice': '-10',
    'domains.vm1.scheduler': 'o1-2.6.16',
  },
  'throughput_rps',
);

const firstSeconds = sweepMean(
  'tripwire-limit',
  { variant: 'law-paper', 'processes.limiter.limit': '30' },
  'ids_cpu_pct',
);

/** The IDS's page tables are not the only ones that count: OC-Limiter's are outside the cage. */
const outside = mean('tripwire', 'offloadcage', 'process_limiter_cr3_pct');

const verdictOf = (id: string) =>
  judgedClaims().find((claim) => claim.id === id)?.verdict ?? 'is not judged';

const softirqs = (experiment: string, variant: string) =>
  whole(share(experiment, variant, 'Interrupts and softirqs for the VM'));
const switches = (experiment: string, variant: string) =>
  whole(share(experiment, variant, 'Switches of VCPU and process'));

const statements: readonly Statement[] = [
  says`but the VM gets only ${whole(mean('snort', 'offloadcage', 'vm_cpu_pct'))} of them.`,
  says`${whole(share('snort', 'offloadcage', 'Own work of the IDS'))}% is its own work.
    ${softirqs('snort', 'offloadcage')}% is softirqs for the VM and
    ${whole(share('snort', 'offloadcage', 'Borrowed by kernel threads'))}% is ksoftirqd, because
    both run on Snort's page tables, and ${switches('snort', 'offloadcage')}% is switches`,
  says`and ${whole(mean('snort', 'no-offload', 'ids_missed_packets_pct'))}% of the packets
    never reach it`,
  says`the sum settles at ${whole(claimMean('S1', 'RC.ids of the last period alone'))}%`,
  says`No offload answers ${lessThanPlain(mean('snort', 'no-offload', 'throughput_rps'))}% fewer
    requests`,
  says`With Snort always first it would be ${lessThanPlain(snortFirst)}%`,
  says`OC-Limiter holds Tripwire to
    ${whole(mean('tripwire', 'law-paper', 'ids_cpu_pct'))}%, not to 30%`,
  says`the loop gets ${whole(mean('limiter-laws', 'paper', 'process_loop_cr3_pct'))}%`,
  says`the ${whole(mean('tripwire', 'law-paper', 'ids_cpu_pct'))}% are over the 60 s`,
  says`it is ${whole(firstSeconds)}%.`,
  says`**${whole(outside)}% of the CPU escapes the cage.**`,
  says`**The VM and Tripwire use ${whole(mean('tripwire', 'offloadcage', 'total_cpu_pct'))} of their
    70%, and so T1 ${verdictOf('T1')}.**`,
  says`the web load wants ${whole(mean('tripwire', 'not-enforced', 'vm_cpu_pct'))}% for the VM`,
  says`the sum is no more than ${whole(mean('tripwire', 'not-enforced', 'total_cpu_pct'))}%.`,
  says`the sum is ${whole(mean('tripwire', 'law-paper', 'total_cpu_pct'))}% with it and
    ${whole(mean('tripwire', 'not-enforced-paper', 'total_cpu_pct'))}% without`,
  says`the difference is ${points(tripwireGap('o1-steal'))} points, with \`o1\`
    ${points(tripwireGap('o1'))}.`,
  says`it shrinks to ${points(snortGap('full-o1-steal'))} points`,
  says`${softirqs('accounting-snort', 'cfs')}% is interrupts and softirqs for the VM, and
    ${switches('accounting-snort', 'cfs')}% is switches`,
];

/** Of the set-ups, not of the results. */
const GIVEN = [
  /[dD]omain 0/,
  /keeps its 50%/,
  /figures? \d+(?: (?:to|and) \d+)*/,
  /95% confidence/,
  /(?:asked for|full load,) 4000/,
  /(?:the|their) [57]0%|[57]0% of the CPU/,
  /(?:to|the|its|have|hold the) 30%/,
  /use up 70/,
  /60 s|first 10 s/,
  /about 300 packets/,
  /(?:has|same) 100%/,
];

test('every number in docs/findings.md is held to something', () => {
  const all = [...statements, ...argued, ...compositions];
  const given = [...GIVEN, ...arguedGiven, ...compositionsGiven];
  expect(unheldNumbers(readDocument('docs/findings.md'), all, given)).toEqual([]);
});

test('docs/findings.md says what the results are', () =>
  expectHeld('docs/findings.md', {
    tables: [snort, tripwire, accounting, ...arguedTables],
    statements: [...statements, ...argued, ...compositions],
  }));
