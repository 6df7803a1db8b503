import { share } from './causes.js';
import type { Cause, Claim, Condition, KernelKind, Measure, Rule } from './claim.js';

/** When the second VM's loop runs, less a second in which the shares settle. */
const SHARED = { fromS: 31, toS: 60 };
/** When the first VM's loop has the CPU for itself. */
const ALONE = { fromS: 0, toS: 30 };

/** What a kernel shows in /proc may be this far from CR3, in points, and look the same. */
const PLOT_PCT = 2.5;
const AGREES: Rule = { kind: 'between', low: -PLOT_PCT, high: PLOT_PCT };
const DISAGREES: Rule = { kind: 'outside', low: -PLOT_PCT, high: PLOT_PCT };
const IS_MORE: Rule = { kind: 'moreThan', low: PLOT_PCT };
const ALMOST_100: Rule = { kind: 'atLeast', low: 95 };

/** The kernel of the VM in which everything of section 5.3 runs. */
const kernel = (accounts: KernelKind['accounts']): KernelKind => ({ domain: 'vm1', accounts });

/** What the kernels that the paper names contain. */
const REFERENCE = 'o1-steal';

/** Every way in which a kernel may account, as the variants of all three experiments. */
const ACCOUNTINGS = [
  ['o1-steal', 'O(1), stolen time off'],
  ['o1', 'O(1), as explained'],
  ['cfs', 'CFS'],
  ['cfs-hvm', 'CFS, fully virtualised'],
] as const;

/** Loads of the web server other than M4's. */
const RATES = [
  ['rate-500', '500 requests/s, O(1)'],
  ['rate-2000', '2000 requests/s, O(1)'],
  ['rate-3000', '3000 requests/s, O(1)'],
  ['full-o1-steal', 'Full load, O(1)'],
] as const;

/** The same condition for each accounting but the one that the claim speaks of. */
function otherwise(claimed: string, condition: (id: string) => Omit<Condition, 'label'>) {
  return ACCOUNTINGS.filter(([id]) => id !== claimed).map(
    ([id, label]): Condition => ({
      label,
      ...condition(id),
    }),
  );
}

/** What /proc shows of the first VM's loop while the second one runs. */
const loopInProc = (variant: string, metric = 'process_loop1_proc_pct'): Measure => ({
  kind: 'metrics',
  variant,
  metrics: [metric],
  window: SHARED,
});

const loopGap = (variant: string): Measure => ({
  kind: 'metric-difference',
  variant,
  metric: 'process_loop1_cr3_pct',
  minus: 'process_loop1_proc_pct',
  window: SHARED,
});

/** What CR3 shows of the IDS in the VM and /proc does not. */
const idsGap = (variant: string, inProc = 'ids_proc_pct'): Measure => ({
  kind: 'metric-difference',
  variant,
  metric: 'ids_cpu_pct',
  minus: inProc,
});

/** By a tool that counts stolen time, too. */
const OF_WALL_TIME: Condition = {
  label: 'O(1), stolen time off, of the time that passes',
  measure: idsGap(REFERENCE, 'ids_proc_wall_pct'),
  rule: IS_MORE,
};

/** The same without what others do on its page tables. */
const ownGap = (variant: string): Measure => ({
  kind: 'metric-difference',
  variant,
  metric: 'ids_true_cpu_pct',
  minus: 'ids_proc_pct',
});

/** What /proc shows of the IDS with stolen time and not without. */
const STOLEN: Measure = {
  kind: 'variant-difference',
  metric: 'ids_proc_pct',
  variant: 'cfs-hvm',
  minus: 'cfs',
};

/** Time that the first VM's loop wanted and the second VM had. */
const takenAway = (variant: string): Cause => ({
  label: 'CPU that the second VM had meanwhile',
  measure: { kind: 'metrics', variant, metrics: ['domain_vm2_cpu_pct'], window: SHARED },
});

const stealColumn = (variant: string): Cause => ({
  label: 'Stolen time in /proc/stat',
  measure: { kind: 'metrics', variant, metrics: ['domain_vm1_proc_steal_pct'], window: SHARED },
});

/** Of what the difference between CR3 and /proc consists. */
function gapOf(variant: string, prefix = '', experiment?: string): Cause[] {
  const where = experiment === undefined ? {} : { experiment };
  return [
    { label: `${prefix}own work - /proc`, ...where, measure: ownGap(variant) },
    {
      ...where,
      ...share(variant, `${prefix}softirqs and interrupts for the VM, of CR3 time`, 'network'),
    },
    { ...where, ...share(variant, `${prefix}switches, of CR3 time`, 'switches') },
  ];
}

/** The claims of section 5.3, and of section 4.2 about kernels that the paper did not measure. */
export const MEASUREMENT_CLAIMS: readonly Claim[] = [
  {
    id: 'M1',
    experiment: 'loop',
    figure: '10',
    statement: "Measured by CR3, a loop falls correctly to 50% when a second VM's loop starts.",
    paper: '100%, then 50%',
    conditions: [
      {
        label: 'CR3, both loops',
        measure: {
          kind: 'metrics',
          variant: REFERENCE,
          metrics: ['process_loop1_cr3_pct'],
          window: SHARED,
        },
        rule: { kind: 'between', low: 50 - PLOT_PCT, high: 50 + PLOT_PCT },
      },
      {
        label: 'CR3, one loop',
        measure: {
          kind: 'metrics',
          variant: REFERENCE,
          metrics: ['process_loop1_cr3_pct'],
          window: ALONE,
        },
        rule: ALMOST_100,
      },
    ],
    causes: [
      {
        label: "The loop's own work, both loops",
        measure: {
          kind: 'metrics',
          variant: REFERENCE,
          metrics: ['process_loop1_true_pct'],
          window: SHARED,
        },
      },
    ],
    reason:
      'Two loops of equal weight get half each, give or take what can be read off a plot. One ' +
      'second after the start nothing has to settle any more: credits are handed out every 30 ms.',
    basis: 'predicted',
  },
  {
    id: 'M2',
    experiment: 'loop',
    figure: '10',
    statement:
      "Measured by /proc under O(1), a loop stays at almost 100% when a second VM's loop starts.",
    paper: 'almost 100%',
    kernel: kernel('O(1)'),
    conditions: [{ label: 'O(1)', measure: loopInProc(REFERENCE), rule: ALMOST_100 }],
    alternatives: [
      ...otherwise(REFERENCE, (id) => ({ measure: loopInProc(id), rule: ALMOST_100 })),
      {
        label: 'O(1), stolen time off, of the time that passes',
        measure: loopInProc(REFERENCE, 'process_loop1_proc_wall_pct'),
        rule: ALMOST_100,
      },
    ],
    causes: [takenAway(REFERENCE), stealColumn(REFERENCE)],
    reason:
      '"Almost" is taken as 5 points at most. The kernel that the paper names takes stolen time ' +
      'off before a tick charges the rest. Fitted: the paper names no tool, and only one that ' +
      'leaves out the column for stolen time shows almost 100% under that kernel. The tools of ' +
      'the time did leave it out, but the choice was made with this claim in view.',
    basis: 'fitted',
  },
  {
    id: 'M3',
    experiment: 'loop',
    figure: '10',
    statement: 'Measured by /proc under CFS, a loop shows the same as by CR3.',
    paper: 'same as CR3',
    kernel: kernel('CFS'),
    conditions: [
      { label: 'CFS, CR3 - /proc, both loops', measure: loopGap('cfs'), rule: AGREES },
      {
        label: 'CFS, CR3 - /proc, one loop',
        measure: {
          kind: 'metric-difference',
          variant: 'cfs',
          metric: 'process_loop1_cr3_pct',
          minus: 'process_loop1_proc_pct',
          window: ALONE,
        },
        rule: AGREES,
      },
    ],
    alternatives: [
      ...otherwise('cfs', (id) => ({ measure: loopGap(id), rule: AGREES })),
      { label: 'CFS, older tools', measure: loopGap('cfs-old-tools'), rule: AGREES },
    ],
    causes: [takenAway('cfs'), stealColumn('cfs')],
    reason:
      'Two lines that are less than 2.5 points apart are one in a plot. The tools are of the ' +
      "kernel's time and count stolen time. Read as in M2, without it, /proc shows 100% here, " +
      'too: no one formula for all kernels gives both lines of figure 10.',
    basis: 'predicted',
  },
  {
    id: 'M4',
    experiment: 'accounting-snort',
    figure: '11',
    statement: 'For Snort in a VM, CR3 shows more CPU use than /proc under O(1).',
    paper: 'CR3 higher',
    kernel: kernel('O(1)'),
    conditions: [{ label: 'O(1), CR3 - /proc', measure: idsGap(REFERENCE), rule: IS_MORE }],
    alternatives: [
      ...otherwise(REFERENCE, (id) => ({ measure: idsGap(id), rule: IS_MORE })),
      OF_WALL_TIME,
      ...RATES.map(([id, label]) => ({ label, measure: idsGap(id), rule: IS_MORE })),
      {
        label: 'Full load, O(1), of the time that passes',
        measure: idsGap('full-o1-steal', 'ids_proc_wall_pct'),
        rule: IS_MORE,
      },
      { label: 'Full load, O(1), as explained', measure: idsGap('full-o1'), rule: IS_MORE },
      { label: 'Full load, CFS', measure: idsGap('full-cfs'), rule: IS_MORE },
      { label: 'O(1), own work - /proc', measure: ownGap(REFERENCE), rule: IS_MORE },
    ],
    causes: gapOf(REFERENCE),
    reason:
      '"More" must be seen in a plot: by more than the 2.5 points that count as the same. ' +
      'Fitted: the paper gives no load, and this one was chosen, after the full load had been ' +
      'run, because the effect that it describes needs an IDS that waits.',
    basis: 'fitted',
  },
  {
    id: 'M5',
    experiment: 'accounting-tripwire',
    figure: '12',
    statement: 'For Tripwire in a VM, CR3 shows more CPU use than /proc under O(1).',
    paper: 'CR3 higher',
    kernel: kernel('O(1)'),
    conditions: [{ label: 'O(1), CR3 - /proc', measure: idsGap(REFERENCE), rule: IS_MORE }],
    alternatives: [
      ...otherwise(REFERENCE, (id) => ({ measure: idsGap(id), rule: IS_MORE })),
      OF_WALL_TIME,
      { label: 'O(1), own work - /proc', measure: ownGap(REFERENCE), rule: IS_MORE },
    ],
    causes: gapOf(REFERENCE),
    reason:
      '"More" is more than 2.5 points, as in M4. Nothing was chosen for it: Tripwire scans ' +
      'without a break.',
    basis: 'predicted',
  },
  {
    id: 'M6',
    experiment: 'accounting-snort',
    figure: 'text',
    statement: 'With CFS, /proc would agree with CR3, for Snort and for Tripwire.',
    paper: 'agree (expected, not measured)',
    kernel: kernel('CFS'),
    conditions: [
      { label: 'Snort, CFS, CR3 - /proc', measure: idsGap('cfs'), rule: AGREES },
      {
        label: 'Tripwire, CFS, CR3 - /proc',
        experiment: 'accounting-tripwire',
        measure: idsGap('cfs'),
        rule: AGREES,
      },
    ],
    alternatives: [
      { label: 'Snort under full load, CFS', measure: idsGap('full-cfs'), rule: AGREES },
      { label: 'Snort, CFS, own work - /proc', measure: ownGap('cfs'), rule: AGREES },
      {
        label: 'Tripwire, CFS, own work - /proc',
        experiment: 'accounting-tripwire',
        measure: ownGap('cfs'),
        rule: AGREES,
      },
    ],
    causes: [...gapOf('cfs', 'Snort: '), ...gapOf('cfs', 'Tripwire: ', 'accounting-tripwire')],
    reason:
      'As M3: less than 2.5 points apart is the same in a plot. CR3 also counts what interrupts ' +
      'do on page tables that nobody has replaced yet, CFS does not: hence the own work. The ' +
      'load is that of M4; see there.',
    basis: 'predicted',
  },
  {
    id: 'M7',
    experiment: 'loop',
    figure: 'text',
    statement: 'In a fully virtualised guest not even CFS can account for switches between VMs.',
    paper: 'wrong (argued, not measured)',
    kernel: kernel('CFS, fully virtualised'),
    conditions: [{ label: 'Loop, CR3 - /proc', measure: loopGap('cfs-hvm'), rule: DISAGREES }],
    alternatives: [
      {
        label: 'Snort, /proc: stolen time in it',
        experiment: 'accounting-snort',
        measure: STOLEN,
        rule: DISAGREES,
      },
      {
        label: 'Tripwire, /proc: stolen time in it',
        experiment: 'accounting-tripwire',
        measure: STOLEN,
        rule: DISAGREES,
      },
    ],
    causes: [takenAway('cfs-hvm')],
    reason:
      'The opposite of M3 and M6: more than 2.5 points apart. The loops are where VMs are ' +
      'switched all the time; how much that does to an IDS depends on its load.',
    basis: 'predicted',
  },
];
