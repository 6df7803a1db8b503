/** docs/relatives.md against the shipped results. */
import { expect, test } from 'vitest';
import { expectHeld } from './held.js';
import { readDocument } from './markdown.js';
import { mean, share } from './results.js';
import { chargedVm, forVm, NEIGHBOUR, SNORT, TRIPWIRE } from './sedf-dc.js';
import { says, type Table, unheldNumbers } from './statements.js';

const one = (value: number) => value.toFixed(1);
const whole = (value: number) => value.toFixed(0);
/** An error with its sign. */
const signed = (value: number) => (value < 0 ? one(value) : `+${one(value)}`);
const row = (label: string, cells: readonly string[]) => `| ${[label, ...cells].join(' | ')} |`;

/** IDS in domain 0 and in the VM. */
const DC = ['sedf-dc', 'sedf-dc-inside'];
/** What charges nobody for the neighbour. */
const VM_ONLY = [
  ['cage', 'cage'],
  ['LRP', 'lrp'],
  ['containers', 'containers'],
] as const;

const overBoth = (variants: readonly string[], value: (id: string, variant: string) => string) =>
  [SNORT, TRIPWIRE].flatMap((id) => variants.map((variant) => value(id, variant)));

const vmError = (id: string, variant: string) => chargedVm(id, variant) - forVm(id, variant);
const forNeighbour = (id: string, variant: string) => mean(id, variant, NEIGHBOUR.net);
const chargedNeighbour = (id: string, variant: string) => mean(id, variant, NEIGHBOUR.debt);

const errors: Table = {
  head: row('What domain 0 does, and who is charged for it', [
    'Snort in domain 0',
    'Snort in the VM',
    'Tripwire in domain 0',
    'Tripwire in the VM',
  ]),
  rows: [
    row(
      'SEDF-DC: for the VM, in truth',
      overBoth(DC, (id, v) => one(forVm(id, v))),
    ),
    row(
      'SEDF-DC: charged to the VM',
      overBoth(DC, (id, v) => one(chargedVm(id, v))),
    ),
    row(
      'SEDF-DC: error for the VM',
      overBoth(DC, (id, v) => signed(vmError(id, v))),
    ),
    row(
      'SEDF-DC: for the neighbour, in truth',
      overBoth(DC, (id, v) => one(forNeighbour(id, v))),
    ),
    row(
      'SEDF-DC: charged to the neighbour',
      overBoth(DC, (id, v) => one(chargedNeighbour(id, v))),
    ),
    row(
      'SEDF-DC: error for the neighbour',
      overBoth(DC, (id, v) => signed(chargedNeighbour(id, v) - forNeighbour(id, v))),
    ),
    ...VM_ONLY.flatMap(([name, variant]) => {
      const both = [variant, `${variant}-inside`];
      return [
        row(
          `${name}: for the VM, in truth`,
          overBoth(both, (id, v) => one(forVm(id, v))),
        ),
        row(
          `${name}: charged to the VM`,
          overBoth(both, (id, v) => one(chargedVm(id, v))),
        ),
        row(
          `${name}: error for the VM`,
          overBoth(both, (id, v) => signed(vmError(id, v))),
        ),
      ];
    }),
  ],
};

const SIDE_BY_SIDE = ['cage', 'credit', 'lrp', 'containers', 'sedf', 'sedf-dc', 'share-guard'];
const sum = (id: string, variant: string) => mean(id, variant, 'vm_cpu_pct') + forVm(id, variant);

/** What each variant comes to. */
function outcome(id: string, title: string, own: readonly string[]): Table {
  const cells = (value: (variant: string) => string) => SIDE_BY_SIDE.map(value);
  const of = (metric: string) => cells((variant) => one(mean(id, variant, metric)));
  const replies = (metric: string) => cells((variant) => whole(mean(id, variant, metric)));
  return {
    head: row(title, [
      'OffloadCage',
      'credit',
      'LRP',
      'containers',
      'SEDF',
      'SEDF-DC',
      'SEDF-DC and ShareGuard',
    ]),
    rows: [
      row('CPU of the VM, %', of('vm_cpu_pct')),
      row(
        'domain 0 for the VM, %',
        cells((variant) => one(forVm(id, variant))),
      ),
      row(
        'both, meant to be 50%',
        cells((variant) => one(sum(id, variant))),
      ),
      row('CPU of the neighbour, %', of('domain_vm2_cpu_pct')),
      row('replies of the VM, 1/s', replies('throughput_rps')),
      row('replies of the neighbour, 1/s', replies(NEIGHBOUR.replies)),
      ...own,
    ],
  };
}

const ownRow = (id: string, label: string, metric: string) =>
  row(
    label,
    SIDE_BY_SIDE.map((variant) => one(mean(id, variant, metric))),
  );

const tables = [
  errors,
  outcome(SNORT, 'Snort', [
    ownRow(SNORT, 'packets that Snort missed, %', 'ids_missed_packets_pct'),
  ]),
  outcome(TRIPWIRE, 'Tripwire', [
    ownRow(TRIPWIRE, "Tripwire's own work, %", 'ids_true_cpu_pct'),
    ownRow(TRIPWIRE, 'checked, MB/s', 'scan_mb_per_s'),
  ]),
];

const size = (value: number) => one(Math.abs(value));
const notForVm = share(SNORT, 'cage', 'Other interrupts and softirqs') * chargedVm(SNORT, 'cage');

const statements = [
  says`wrong by ${size(vmError(SNORT, 'sedf-dc-inside'))} points for Snort. For Tripwire it is
    ${size(vmError(TRIPWIRE, 'sedf-dc-inside'))} points`,
  says`both VMs the same ${one(chargedVm(SNORT, 'sedf-dc'))}% for Snort, though domain 0 spends
    ${one(forVm(SNORT, 'sedf-dc'))}% on the one and ${one(forNeighbour(SNORT, 'sedf-dc'))}% on the
    other. For Tripwire it is wrong by ${size(vmError(TRIPWIRE, 'sedf-dc'))} points`,
  says`pays for ${one(chargedNeighbour(TRIPWIRE, 'sedf-dc'))}%, where
    ${one(forNeighbour(TRIPWIRE, 'sedf-dc'))}% is spent on it.`,
  says`only process of domain 0: ${one(chargedVm(SNORT, 'cage'))}% is charged, and
    ${one(forVm(SNORT, 'cage'))}% was for the VM. ${one(notForVm / 100)}% is interrupts`,
  says`cancel out, and ${size(vmError(TRIPWIRE, 'cage'))} points are left.`,
  says`LRP misses ${size(vmError(SNORT, 'lrp'))} points for Snort and
    ${size(vmError(TRIPWIRE, 'lrp'))} for Tripwire, containers
    ${size(vmError(SNORT, 'containers'))} and ${size(vmError(TRIPWIRE, 'containers'))}.`,
  says`uses ${one(sum(SNORT, 'containers'))}% with Snort and
    ${one(sum(TRIPWIRE, 'containers'))}% with Tripwire, and the VM answers
    ${whole(mean(SNORT, 'containers', 'throughput_rps'))} and
    ${whole(mean(TRIPWIRE, 'containers', 'throughput_rps'))} of 1000 requests.`,
  says`It leaves ${one(sum(SNORT, 'sedf-dc'))}%, plain SEDF ${one(sum(SNORT, 'sedf'))}%.`,
  says`own work grows from ${one(mean(TRIPWIRE, 'sedf', 'ids_true_cpu_pct'))}% to
    ${one(mean(TRIPWIRE, 'sedf-dc', 'ids_true_cpu_pct'))}%.`,
  says`limit of 30% for each VM, ${one(forVm(TRIPWIRE, 'share-guard'))}% of domain 0 is used`,
  says`leaves ${whole(mean(SNORT, 'share-guard', 'throughput_rps'))} of 1000 replies to the watched
    VM, and ${whole(mean(SNORT, 'share-guard', NEIGHBOUR.replies))} to the neighbour. Domain 0 needs
    no more than ${one(forNeighbour(SNORT, 'sedf-dc'))}% for the neighbour`,
];

/** Of the set-ups and of what is assumed, not of the results. */
const GIVEN = [
  /[dD]omain 0/,
  /Section 7/,
  /1000 requests/,
  /to have [25]0%/,
  /close to 50%/,
  /limit of [13]0%/,
  /every 20 ms|every 2 s|run of 6 s/,
  /by 30%, like|within 30%:/,
  /USENIX 2005/,
  /have 50% together/,
  /50%\s+in both/,
  /assumed to be 100 ms|windows of 30 ms|more than 800/,
];

test('every number in docs/relatives.md is held to something', () => {
  expect(unheldNumbers(readDocument('docs/relatives.md'), statements, GIVEN)).toEqual([]);
});

test('docs/relatives.md says what the results are', () =>
  expectHeld('docs/relatives.md', { tables, statements }));
