import { z } from 'zod';
import { formatDuration } from '../../base/duration.js';
import type { SchedulerInputOf } from '../../model/input.js';
import { SEDF_LIMITS } from '../../model/limits.js';
import { DOM0 } from '../domains.js';
import { DEFAULT_WEIGHT, durationField } from '../fields.js';
import type { Report } from '../programs/program-definition.js';
import type { Settings } from '../settings-schema.js';
import type { SchedulerDefinition } from './scheduler-definition.js';

const { leastPeriodNs, mostPeriodNs, leastSliceNs, mostWeight } = SEDF_LIMITS;

/** What a domain has under SEDF. */
export const sedfShareSchema = z
  .strictObject({
    period: durationField('zero')
      .optional()
      .describe(
        'How often the domain may run for its slice. Default, as in Xen: 20 ms for domain 0, ' +
          '100 ms for others. 0 with a weight: the weight is one of extra time.',
      )
      .meta({ title: 'Period' }),
    slice: durationField('zero')
      .optional()
      .describe(
        'CPU time in each period that is reserved for it. Default, as in Xen: 15 ms for domain ' +
          '0, none for others, which is too little to be set.',
      )
      .meta({ title: 'Slice' }),
    latency: durationField('zero')
      .prefault('0s')
      .describe('Xen 3.3 takes it and makes no use of it.'),
    extratime: z
      .boolean()
      .default(true)
      .describe('Whether it also takes time that no reservation needs. Without, slices are limits.')
      .meta({ title: 'Extra time' }),
    weight: z
      .int()
      .min(0)
      .max(mostWeight)
      .default(0)
      .describe(
        'In the place of period and slice; 0 = none. Domains with weights share 95 ms of each ' +
          '100 ms, less what others have reserved. With a period of 0 it counts in extra time ' +
          'only.',
      )
      .meta({ title: 'Weight under SEDF' }),
  })
  .describe(
    'What the domain is set to under SEDF, as by `xm sched-sedf` before it starts. A domain ' +
      'without this key is as Xen creates it, which is not the same as being set to the ' +
      'defaults: in extra time it counts by a weight of 1, else by its reservation.',
  );

type DebtsInput = SchedulerInputOf<'sedf'>['debts'];
type ShareSettings = z.output<typeof sedfShareSchema>;

const guardSchema = z
  .strictObject({
    limit: z
      .number()
      .positive()
      .max(100)
      .describe('Most use of domain 0 by each guest, in percent of one PCPU, as it is charged.')
      .meta({ title: 'Limit of ShareGuard', unit: '% of one PCPU' }),
    every: durationField('positive')
      .prefault('500ms')
      .describe('How often it looks: at the first feedback after that. Not from the paper.')
      .meta({ title: 'Interval of ShareGuard', origin: 'assumed' }),
  })
  .describe(
    "ShareGuard: drops a guest's packets in domain 0 while its use of domain 0 is above a limit, " +
      'on average.',
  );

const debtsSchema = z
  .strictObject({
    feedback: durationField('positive')
      .prefault('100ms')
      .describe('How often measures are fed back. Not from the paper.')
      .meta({ title: 'Feedback interval', origin: 'assumed' }),
    received_weight: z
      .number()
      .min(0)
      .max(1000)
      .default(1)
      .describe('Of a packet that a guest receives. The paper has two weights; which is not known.')
      .meta({ title: 'Weight of received packets', origin: 'assumed' }),
    sent_weight: z
      .number()
      .min(0)
      .max(1000)
      .default(1)
      .describe('Of a packet that a guest sends.')
      .meta({ title: 'Weight of sent packets', origin: 'assumed' }),
    guard: guardSchema.optional(),
  })
  .describe(
    'SEDF-DC, the debt collector of Gupta and others (Middleware 2006): all CPU time of domain 0 ' +
      'is divided among the guests by their packets, and taken off the slices that they have ' +
      'reserved.',
  );

const schema = z.strictObject({
  scheduler: z
    .literal('sedf')
    .describe(
      "Xen 3.3's SEDF: each domain has a slice of CPU time in each period, and the earliest " +
        'deadline comes first. Set at a domain by its key sedf.',
    ),
  debts: debtsSchema.optional(),
});

function resolveDebts(debts: z.output<typeof debtsSchema> | undefined): DebtsInput {
  if (debts === undefined) return null;
  const { feedback, received_weight, sent_weight, guard } = debts;
  return {
    feedbackNs: feedback,
    receivedWeight: received_weight,
    sentWeight: sent_weight,
    guard: guard === undefined ? null : { limitPct: guard.limit, everyNs: guard.every },
  };
}

export const SEDF: SchedulerDefinition<'sedf', typeof schema> = {
  schema,
  resolve: ({ debts }, settings, domains) => ({
    scheduler: 'sedf',
    debts: resolveDebts(debts),
    shares: domains.map((name) => {
      const share = settings.domains[name]?.sedf;
      if (share === undefined) return null;
      const { extratime, weight } = share;
      return { ...reservationOf(name, share), extratime, weight };
    }),
  }),
  check: ({ hypervisor, domains, cages, processes, debit }, report) => {
    if ('debts' in hypervisor && hypervisor.debts !== undefined) {
      checkDebts(hypervisor.debts, report);
    }
    if (debit !== undefined) report(['debit'], debit, 'nothing: SEDF takes no credits');
    for (const [name, { weight, cap, sedf }] of Object.entries(domains)) {
      const path = ['domains', name];
      if (cap !== 0) {
        const allowed = '0: SEDF has no caps; a slice without extratime (key sedf) is a limit';
        report([...path, 'cap'], cap, allowed);
      }
      if (weight !== DEFAULT_WEIGHT) {
        const allowed = `${DEFAULT_WEIGHT}, the default: weights of SEDF are in the key sedf`;
        report([...path, 'weight'], weight, allowed);
      }
      if (sedf !== undefined) checkShare(name, sedf, report);
    }
    for (const [name, { enforce }] of Object.entries(cages)) {
      const allowed = 'false: the limit of a cage is enforced by the credit scheduler only';
      if (enforce) report(['cages', name, 'enforce'], true, allowed);
    }
    for (const [name, process] of Object.entries(processes)) {
      if (process.program !== 'periodic' || process.align !== 'ticks') continue;
      report(['processes', name, 'align'], process.align, 'none: SEDF has no ticks');
    }
  },
  idle: ({ hypervisor, domains }) => [
    ...idleDebts(hypervisor, domains),
    ...Object.entries(domains).flatMap(([name, { sedf }]) =>
      sedf === undefined || sedf.latency === 0
        ? []
        : [
            {
              path: ['domains', name, 'sedf', 'latency'],
              message: 'it does nothing: SEDF of Xen 3.3 makes no use of it',
            },
          ],
    ),
  ],
};

/** Debts are taken off slices. */
function idleDebts(hypervisor: Settings['hypervisor'], domains: Settings['domains']) {
  const isOn = 'debts' in hypervisor && hypervisor.debts !== undefined;
  if (!isOn || hypervisor.debts?.guard !== undefined) return [];
  const isReserved = Object.entries(domains).some(([name, { sedf }]) => {
    return name !== DOM0 && sedf !== undefined;
  });
  const message = 'it takes nothing off: no guest has a reservation';
  return isReserved ? [] : [{ path: ['hypervisor', 'debts'], message }];
}

/** Period and slice; what is not written is as Xen creates the domain. */
function reservationOf(domain: string, { period, slice }: ShareSettings) {
  const created = domain === DOM0 ? SEDF_LIMITS.dom0 : SEDF_LIMITS.others;
  return { periodNs: period ?? created.periodNs, sliceNs: slice ?? created.sliceNs };
}

function checkDebts(debts: z.output<typeof debtsSchema>, report: Report): void {
  const { feedback, received_weight, sent_weight, guard } = debts;
  const path = ['hypervisor', 'debts'];
  if (received_weight + sent_weight === 0) {
    report([...path, 'sent_weight'], 0, 'above 0, or received_weight above 0');
  }
  if (guard !== undefined && guard.every % feedback !== 0) {
    const allowed = `a whole multiple of feedback, ${formatDuration(feedback)}`;
    report([...path, 'guard', 'every'], formatDuration(guard.every), allowed);
  }
}

function checkShare(domain: string, share: ShareSettings, report: Report): void {
  const refuse = (field: string, got: string, allowed: string) =>
    report(['domains', domain, 'sedf', field], got, allowed);
  const { period, slice, weight, extratime } = share;
  if (weight !== 0) {
    const instead = 'as the weight stands in the place of a reservation';
    if (slice !== undefined) refuse('slice', formatDuration(slice), `none, ${instead}`);
    if (period !== undefined && period > 0) {
      const allowed = `none, ${instead}; or 0 for a weight in extra time`;
      refuse('period', formatDuration(period), allowed);
    } else if (period === 0 && !extratime) {
      refuse('extratime', 'false', 'true, as a period of 0 is for a weight in extra time');
    }
    return;
  }
  const { periodNs, sliceNs } = reservationOf(domain, share);
  if (periodNs < leastPeriodNs || periodNs > mostPeriodNs) {
    const allowed = `${formatDuration(leastPeriodNs)} to ${formatDuration(mostPeriodNs)}`;
    refuse('period', formatDuration(periodNs), allowed);
  } else if (sliceNs < leastSliceNs || sliceNs > periodNs) {
    const bounds = `${formatDuration(leastSliceNs)} to the period, ${formatDuration(periodNs)}`;
    if (slice !== undefined) refuse('slice', formatDuration(slice), bounds);
    else report(['domains', domain, 'sedf'], 'no slice', `a slice of ${bounds}, or a weight`);
  }
}
