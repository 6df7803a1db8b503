/** What is said of LRP's and containers' experiments; `--update` writes the numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withAssumed } from '../../src/definition/assumed-settings.js';
import { withSetUps } from '../../src/definition/set-up.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { simulate } from '../../src/model/index.js';
import { runExperiment } from '../../src/run/runner.js';
import { root } from '../commands/offloadcage.js';
import { readDocument } from '../docs/markdown.js';
import { type Statement, says, type Table, withNumbers, withTables } from '../docs/statements.js';

/** One run of each variant, and what each has of a metric. */
async function meansOf(id: string): Promise<(variant: string, metric: string) => number> {
  const { variants } = await runExperiment(findExperiment(id), { jobs: 1, seeds: [1] });
  return (variant, metric) => {
    const found = variants.find((one) => one.id === variant);
    if (found === undefined) throw new Error(`${id} has no variant ${variant}`);
    return found.summary[metric]?.mean ?? Number.NaN;
  };
}

async function expectSaid(id: string, statements: readonly Statement[]): Promise<void> {
  const path = join(root, `experiments/${id}.yaml`);
  await expect(withNumbers(readFileSync(path, 'utf8'), statements)).toMatchFileSnapshot(path);
}

const whole = (value: number) => value.toFixed(0);
const one = (value: number) => value.toFixed(1);
const row = (label: string, cells: readonly string[]) => `| ${[label, ...cells].join(' | ')} |`;

/** Tables of docs/relatives.md, whose prose has no numbers of these experiments. */
const tables: Table[] = [];

test('livelock: a softirq leaves nothing where LRP leaves most', async () => {
  const mean = await meansOf('livelock');
  const part = (variant: string) =>
    (100 * mean(variant, 'throughput_rps')) / mean(variant.replace(/-.*/, ''), 'throughput_rps');
  // Two packets of 25 us for each SYN.
  expect(part('interrupt-10000')).toBeCloseTo(50, 0);
  expect(part('interrupt-20000')).toBeLessThan(3);
  expect(part('interrupt-40000')).toBeLessThan(part('interrupt-20000'));
  expect(part('lrp-same-port')).toBeLessThan(3);
  // "They share the CPU": each has half of what is left.
  expect(part('lrp-equal')).toBeGreaterThan(45);
  expect(part('lrp-equal')).toBeLessThan(50);
  await expectSaid('livelock', [
    says`At 40000 it has ${whole(part('lrp-40000'))}% of its throughput left.`,
    says`at 30% it leaves ${whole(part('lrp-demux-30'))}% at 20000, instead of
      ${whole(part('lrp-20000'))}%.`,
  ]);
  const parts = (input: string) =>
    [10_000, 20_000, 40_000].map((rate) => one(part(`${input}-${rate}`)));
  tables.push({
    head:
      '| Replies of a web server, in percent of those without a flood | 10000 SYNs/s | ' +
      '20000 SYNs/s | 40000 SYNs/s |',
    rows: [
      row('received in the softirq', parts('interrupt')),
      row('received by LRP', parts('lrp')),
    ],
  });
});

test('livelock: LRP loses more than a plot hides, however cheap finding a socket is', async () => {
  const least = withSetUps(findExperiment('livelock'), ({ settings, machine }) => ({
    settings: withAssumed(settings, new Map([['network.demux_share', 1 / 8]])),
    machine,
  }));
  const variants = ['lrp', 'lrp-40000'];
  const result = await runExperiment(least, { jobs: 1, seeds: [1], variants });
  const [alone = Number.NaN, flooded = Number.NaN] = result.variants.map(
    ({ summary }) => summary.throughput_rps?.mean,
  );
  expect(flooded / alone).toBeLessThan(0.975);
});

test('containers: what was published of them, beside what comes out', async () => {
  const mean = await meansOf('containers');
  const part = (variant: string) => {
    const replies = mean(variant, 'client_static_replies_rps');
    return (100 * replies) / mean('alone', 'client_static_replies_rps');
  };
  const { costs } = findExperiment('containers').variants[0]?.input ?? {};
  const { guestPacketNs = Number.NaN, webRequestNs = Number.NaN } = costs ?? {};
  // Two of ten packets are sent by the process, and each of five has as much time for itself.
  const ownNs = webRequestNs + 2 * guestPacketNs;
  const uncounted = (100 * (ownNs + 8 * guestPacketNs)) / (ownNs * 5 + 8 * guestPacketNs);
  const [half, third, rest] = ['half', 'third', 'rest'].map((name) =>
    mean('guests', `domain_vm1_container_${name}_pct`),
  );
  expect(half).toBeCloseTo(50, 0);
  expect(third).toBeCloseTo(30, 0);
  expect(rest).toBeCloseTo(20, 0);
  await expectSaid('containers', [
    says`There a web server has ${whole(part('flood'))}% of its throughput left,`,
    says`At 70000 it has ${whole(part('flood-container'))}% with LRP,`,
    says`of a packet's cost it has ${whole(part('flood-demux-30'))}%.`,
    says`each leave the server ${whole(part('cgi'))}% without containers, and
      ${whole(part('cgi-lrp'))}% with LRP alone,`,
    says`did not count them, it would be ${whole(uncounted)}% by arithmetic.`,
    says`CGI leaves the server ${whole(part('cgi-30'))}%, and ${whole(part('cgi-10'))}% in one of`,
  ]);
});

test('containers-offload: each kernel keeps its limit, and nobody the sum', async () => {
  const mean = await meansOf('containers-offload');
  const charged = (variant: string, domain: string, container: string) =>
    mean(variant, `domain_${domain}_container_${container}_pct`);
  const both = (variant: string) =>
    charged(variant, 'vm1', 'service') + charged(variant, 'dom0', 'ids');
  const total = (variant: string) => whole(mean(variant, 'total_cpu_pct'));
  await expectSaid('containers-offload', [
    says`one container of its kernel is charged ${whole(charged('inside', 'vm1', 'both'))}%, and
      the VM uses ${whole(mean('inside', 'vm_cpu_pct'))}%:`,
    says`VM and Snort use ${total('offload-50')}%, by the page`,
    says`the containers are charged ${whole(both('offload-25'))}% together, and VM and Snort use
      ${total('offload-25')}%.`,
    says`around VM and Snort keeps it to ${total('cage')}%.`,
  ]);
  const truth = (variant: string) =>
    mean(variant, 'vm_cpu_pct') +
    (variant === 'inside' ? 0 : mean(variant, 'ids_true_cpu_pct')) +
    mean(variant, 'dom0_net_cpu_pct');
  const counted = {
    inside: charged('inside', 'vm1', 'both'),
    'offload-50': both('offload-50'),
    'offload-25': both('offload-25'),
    cage: mean('cage', 'cage_cage_cpu_pct'),
  };
  const cells = (value: (variant: string, counted: number) => number) =>
    Object.entries(counted).map(([variant, pct]) => one(value(variant, pct)));
  const errors = cells((variant, pct) => pct - truth(variant)).map((text) =>
    text.startsWith('-') ? text : `+${text}`,
  );
  tables.push({
    head:
      '| Snort and its VM | container of 50% in the VM, Snort inside | ' +
      'containers of 50% in both kernels | containers of 25% in both kernels | cage of 50% |',
    rows: [
      row(
        'the VM',
        cells((variant) => mean(variant, 'vm_cpu_pct')),
      ),
      row(
        "Snort's own work",
        cells((variant) => mean(variant, 'ids_true_cpu_pct')),
      ),
      row(
        'domain 0, network for the VM',
        cells((variant) => mean(variant, 'dom0_net_cpu_pct')),
      ),
      row('all of it, in truth', cells(truth)),
      row(
        'charged',
        cells((_, pct) => pct),
      ),
      row('error', errors),
      row(
        'replies, 1/s',
        cells((variant) => mean(variant, 'throughput_rps')),
      ),
    ],
  });
});

test('containers: an unmodified server pays for nearly all of its own packets', () => {
  const cgi = findExperiment('containers').variants.find(({ id }) => id === 'cgi');
  if (cgi === undefined) throw new Error('containers has no variant cgi');
  const { ledger } = simulate({ ...cgi.input, durationNs: 2e9 }, 1);
  const inSoftirq = (task: RegExp) =>
    ledger
      .filter((row) => row.domain === 'vm1' && row.context === 'softirq' && task.test(row.task))
      .reduce((sum, { ns }) => sum + ns, 0);
  expect(inSoftirq(/^web$/) / inSoftirq(/./)).toBeGreaterThan(0.9);
});

test('how many requests are answered in a container hangs on the window of its limit', async () => {
  const shipped = findExperiment('sedf-dc-snort');
  const narrow = withSetUps(shipped, ({ settings, machine }) => ({
    settings: withAssumed(settings, new Map([['containers.window', 0.3]])),
    machine,
  }));
  const [wide, short] = await Promise.all(
    [shipped, narrow].map((definition) =>
      runExperiment(definition, { jobs: 1, seeds: [1], variants: ['containers'] }),
    ),
  );
  const replies = (run: typeof wide) => run?.variants[0]?.summary.throughput_rps?.mean;
  expect(replies(short)).toBeGreaterThan(800);
  expect(replies(wide)).toBeLessThan(600);
});

test('docs/relatives.md has their numbers', async () => {
  expect(tables.length).toBe(2);
  const text = withTables(readDocument('docs/relatives.md'), tables);
  await expect(text).toMatchFileSnapshot(join(root, 'docs/relatives.md'));
});
