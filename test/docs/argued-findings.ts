/** What docs/findings.md says of what the paper argues, and of what it does not see. */
import { mean, reading } from './results.js';
import { type Statement, says, type Table } from './statements.js';

type Cell = readonly [variant: string, metric: string, decimals: number, unit: string];

/** A table whose rows are of several variants each. */
function tableOf(
  head: string,
  experiment: string,
  rows: readonly (readonly [label: string, ...cells: readonly Cell[]])[],
): Table {
  const textOf = ([variant, metric, decimals, unit]: Cell) => {
    const { mean: value, half } = reading(experiment, variant, metric);
    return `${value.toFixed(decimals)} ± ${half.toFixed(decimals)}${unit}`;
  };
  return {
    head,
    rows: rows.map(([label, ...cells]) => `| ${[label, ...cells.map(textOf)].join(' | ')} |`),
  };
}

/** A row of one metric in several variants. */
function row(
  label: string,
  metric: string,
  variants: readonly string[],
  decimals = 1,
  unit = ' %',
): readonly [string, ...Cell[]] {
  return [label, ...variants.map((variant): Cell => [variant, metric, decimals, unit])];
}

const NEIGHBOUR = 'domain_neighbour_cpu_pct';
const CUSTOMER = 'cage_customer_cpu_pct';
const MISSED = 'ids_missed_packets_pct';
const IDLE = [0, 25, 50, 75, 100];
const CAGED = ['snort-cage', 'snort-cage-exact', 'snort-cage-backed'];
const FLOODED = ['offload', 'cage', 'limiter'];

export const arguedTables: readonly Table[] = [
  tableOf("| What a neighbour's loop gets | OffloadCage | plain offload | no IDS |", 'isolation', [
    row("the paper's example, with loops", NEIGHBOUR, ['offloadcage', 'offload', 'no-ids']),
    row('Snort and a web server', NEIGHBOUR, ['snort-cage', 'snort-offload', 'snort-no-ids']),
    row('the same, debited by run time', NEIGHBOUR, [
      'snort-cage-exact',
      'snort-offload-exact',
      'snort-no-ids-exact',
    ]),
  ]),
  tableOf(
    '| VM and Snort in a cage of 50%, beside a loop | as Xen debits | debited by run time | ' +
      'as Xen debits, heavy weights |',
    'isolation',
    [
      row('CPU of VM and Snort', CUSTOMER, CAGED),
      row('replies a second', 'throughput_rps', CAGED, 0, ''),
      row('domain 0 waits for the CPU (steal)', 'domain_dom0_proc_steal_pct', CAGED),
      row('packets that Snort missed', MISSED, CAGED),
    ],
  ),
  tableOf(
    '| VM, with an IDS that is idle | never | 25% of the time | 50% | 75% | always |',
    'static-split',
    [
      row(
        'split, 20% and 30%',
        'vm_cpu_pct',
        IDLE.map((idle) => `split-${idle}`),
      ),
      row(
        'cage of 50%',
        'vm_cpu_pct',
        IDLE.map((idle) => `cage-${idle}`),
      ),
    ],
  ),
  tableOf(
    '| Packets that Snort missed | plain offload | OffloadCage | OffloadCage, OC-Limiter (20%) |',
    'blindness',
    [
      row('flood', MISSED, FLOODED),
      row('flood, replies a second', 'throughput_rps', FLOODED, 0, ''),
      row(
        'usual load',
        MISSED,
        FLOODED.map((variant) => `usual-${variant}`),
      ),
    ],
  ),
];

const one = (value: number) => value.toFixed(1);
const neighbour = (variant: string) => one(mean('isolation', variant, NEIGHBOUR));
const customer = (experiment: string, variant: string) => one(mean(experiment, variant, CUSTOMER));
const median = (variant: string) =>
  mean('isolation', variant, 'client_shoppers_response_p50_ms').toFixed(2);
const evading = (variant: string, metric = 'domain_vm1_cpu_pct') =>
  one(mean('evasion', variant, metric));
const cheating = (variant: string, by = 'cr3') => evading(variant, `process_cheat_${by}_pct`);

export const argued: readonly Statement[] = [
  says`It gets ${neighbour('offload')}%. In a cage, VM and IDS leave it
    ${neighbour('offloadcage')}%.`,
  says`the neighbour gets ${neighbour('by-weight')}% all the same`,
  says`takes ${median('shop-alone')} ms alone, ${median('shop-cage')} ms beside a cage,
    ${median('shop-no-ids')} ms beside the web server without an IDS, and
    ${median('shop-offload')} ms beside plain offload`,
  says`VM and IDS get ${customer('isolation', 'heavy-neighbour')} of their 50%.`,
  says`Snort and a web server get ${customer('isolation', 'snort-cage')}%.`,
  says`the cap counts, and they get ${customer('weights', 'both-cap')}%.`,
  says`give them ${customer('weights', 'both-weight')}%, less than the
    ${customer('weights', 'weight')}% that the weight gives alone`,
  says`the two together give ${customer('weights', 'both-light')}%.`,
  says`gets ${evading('cage')}% in a cage of 20%`,
  says`the VM still gets ${evading('cage-ids')}%: only`,
  says`Debited by run time, it gets ${evading('cage-exact')}%. Without boost it gets
    ${evading('cage-no-boost')}%`,
  says`takes ${cheating('ids-cage')}% in spite of a cage of 50%, and leaves its VM
    ${evading('ids-cage')}%.`,
  says`it gets ${cheating('ids-limiter')} of its 20%.`,
  says`is charged ${cheating('process-o1', 'proc')}% by an O(1) kernel, and
    ${cheating('process-o1')}% by CR3`,
  says`Snort misses ${one(mean('blindness', 'offload-exact', MISSED))}% with plain offload, and
    ${one(mean('blindness', 'cage-exact', MISSED))}% with a cage.`,
];

/** Of the set-ups. */
export const arguedGiven: readonly RegExp[] = [
  /Sections 2 to 4/,
  /VM is capped at 50%|IDS takes 30%|was promised 50%/,
  /with 1500 requests a second/,
  /slice of 30 ms/,
  /(?:get|give) (?:their|the two their) 50%/,
  /a cap of [56]0%/,
  /a weight of 96, not 256/,
  /9\.5 of every 10 ms|9 of every 10 ms/,
  /asks for 8000 pages|usual load of 2000 pages/,
];
