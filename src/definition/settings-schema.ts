import { z } from 'zod';
import { allOf } from '../base/all-of.js';
import type { DomainInput } from '../model/input.js';
import { XEN_HZ } from '../model/limits.js';
import { cageSchema } from './cages/cage-schema.js';
import { clientSchema } from './clients/clients.js';
import { capField, metricField, nameField, textField, weightField } from './fields.js';
import { guestSchedulerField, policyFields } from './guest-schedulers/guest-schedulers.js';
import { machineValuesSchema } from './machines/machine-schema.js';
import { guestNetworkSchema } from './network-inputs/network-inputs.js';
import { processSchema } from './programs/programs.js';
import { debitField } from './schedulers/credit.js';
import { hypervisorSchema, shareFields } from './schedulers/schedulers.js';

const domainSchema = z
  .strictObject({
    weight: weightField.describe('Relative share under the credit scheduler (Xen default 256).'),
    cap: capField,
    ...shareFields,
    affinity: z
      .array(z.int().min(0))
      .min(1)
      .meta({ uniqueItems: true })
      .optional()
      .describe(
        'PCPUs that its VCPUs may run on (default: all). Each starts on the one with the fewest ' +
          'VCPUs, or on the first listed of several such.',
      ),
    accounting: z
      .enum(
        allOf<DomainInput['accounting']>({
          o1: true,
          'o1-steal': true,
          cfs: true,
          'cfs-hvm': true,
        }),
      )
      .default('o1-steal')
      .describe(
        'How its kernel charges CPU time to processes. o1-steal: a timer tick charges the time ' +
          'since the last one, less stolen and blocked time, to the process that it hits. ' +
          "Xen's Linux 2.6.16.33 and 2.6.18 do this, so it is the default. o1: the same with " +
          'nothing taken off, as the paper explains it. cfs: exactly, between process switches, ' +
          'without stolen time. cfs-hvm: the same in a fully virtualised guest, whose clock ' +
          'includes stolen time.',
      ),
    proc_total: z
      .enum(
        allOf<'by-accounting' | DomainInput['procTotal']>({
          'by-accounting': true,
          'all-columns': true,
          'without-steal': true,
        }),
      )
      .default('by-accounting')
      .describe(
        "What its tools take for the whole when they show a process's share of it. all-columns: " +
          'the sum of all columns of /proc/stat, which is the time that passes. without-steal: ' +
          'all but the eighth column, which tools older than it do not know. by-accounting: the ' +
          'tools are as old as the kernel, so they leave steal out with o1 and o1-steal and ' +
          'count it with cfs and cfs-hvm. The paper names no tool. No single choice for all ' +
          'kernels gives both lines of figure 10: see M2 and M3.',
      ),
    scheduler: guestSchedulerField,
    hz: z
      .literal([XEN_HZ, 250, 1000])
      .default(XEN_HZ)
      .describe(
        'Timer ticks per second of its kernel. Sleeps, time slices and accounting go by them; ' +
          "the hypervisor's own ticks stay at 100. Xen's trees of Linux are configured for 100. " +
          'Kernels of distributions have 250 or 1000.',
      )
      .meta({ title: 'Timer frequency', unit: 'Hz' }),
    network: guestNetworkSchema,
    ...policyFields,
    vcpus: z
      .int()
      .min(1)
      .max(32)
      .default(1)
      .describe(
        'How many VCPUs it has: one, as on the single-core machine of the paper, or more for ' +
          'processes that have nothing to do with each other, or a web server with several ' +
          'workers. Each VCPU schedules the processes that are bound to it (`vcpu`); none moves ' +
          'to another. Devices interrupt the first.',
      )
      .meta({ title: 'VCPUs' }),
  })
  .describe('A virtual machine.');

const subjectSchema = z
  .strictObject({
    vm: nameField.describe('The watched VM.'),
    ids: nameField.optional().describe('The process that watches it.'),
    total: z
      .array(metricField)
      .min(1)
      .optional()
      .describe(
        'Metrics whose sum is total_cpu_pct. Default: the VM and the IDS, or the VM alone if the ' +
          'IDS runs inside it.',
      ),
  })
  .describe('Which VM and IDS the standard metrics are about.');

/** Everything about the machine and what runs on it: what a variant may change. */
export const settingsFields = {
  machine: textField
    .default('athlon-xen33')
    .describe('A shipped machine, or the path of a machine file relative to this file.'),
  machine_values: machineValuesSchema
    .default({})
    .describe(
      'Other values for costs and quantities of the machine, by name. The model counts whole ' +
        'nanoseconds, packets and bytes.',
    ),
  hypervisor: hypervisorSchema,
  debit: debitField
    .optional()
    .meta({ deprecated: true, title: 'Debiting, by its former key' })
    .describe('The former place of hypervisor.debit, which it overrides.'),
  domains: z
    .record(nameField, domainSchema)
    .default({})
    .describe('Domains by name. Domain 0 is dom0, which is always there.'),
  processes: z.record(nameField, processSchema).default({}).describe('Processes by name.'),
  clients: z.record(nameField, clientSchema).default({}).describe('Load generators by name.'),
  cages: z.record(nameField, cageSchema).default({}).describe('Resource Cages by name.'),
  subject: subjectSchema.optional(),
};

export const settingsSchema = z.strictObject(settingsFields);

/** The sections of things that a definition names. */
export const NAMED_SECTIONS = ['domains', 'processes', 'clients', 'cages'] as const;

export type NamedSection = (typeof NAMED_SECTIONS)[number];

/** Settings of one variant, complete; durations in nanoseconds. */
export type Settings = z.output<typeof settingsSchema>;
