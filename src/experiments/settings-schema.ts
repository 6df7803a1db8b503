import { z } from 'zod';
import { CONNECTIONS_PER_CLIENT } from '../model/limits.js';
import { cageSchema } from './cage-schema.js';
import {
  capField,
  durationField,
  metricField,
  nameField,
  textField,
  weightField,
} from './fields.js';
import { treeField } from './file-tree-schema.js';
import { machineValuesSchema } from './machine-schema.js';

const domainSchema = z
  .strictObject({
    weight: weightField.describe('Relative share under the credit scheduler (Xen default 256).'),
    cap: capField,
    affinity: z
      .array(z.int().min(0))
      .min(1)
      .meta({ uniqueItems: true })
      .optional()
      .describe(
        'PCPUs the VCPU may run on (default: all). It starts on one with the fewest VCPUs, of ' +
          'equals the first listed.',
      ),
    accounting: z
      .enum(['o1', 'o1-steal', 'cfs', 'cfs-hvm'])
      .default('o1')
      .describe(
        'How its kernel charges CPU time to processes, as /proc shows it. o1: at a timer tick, ' +
          'all that passed since the last to the process that it hits, as the paper describes ' +
          'Linux 2.6.16 and 2.6.18. o1-steal: as the XenLinux tree of that time has it, stolen ' +
          'and blocked time taken off first. cfs: exactly, between process switches, without ' +
          'stolen time. cfs-hvm: the same in a fully virtualised guest, whose clock includes it.',
      ),
    scheduler: z
      .enum(['by-accounting', 'o1-2.6.16', 'o1-2.6.18', 'cfs'])
      .default('by-accounting')
      .describe(
        "Its kernel's process scheduler. by-accounting: that of a kernel which accounts so; of " +
          "those with o1, domain 0 has 2.6.18's and the others 2.6.16's, as the paper's machine.",
      ),
    vcpus: z
      .literal(1)
      .default(1)
      .describe('A domain has one VCPU, as on the single-core machine of the paper.')
      .meta({ title: 'VCPUs' }),
  })
  .describe('A virtual machine, with one VCPU.');

const processFields = {
  domain: nameField.describe('The domain it runs in.'),
  nice: z
    .int()
    .min(-20)
    .max(19)
    .default(0)
    .describe('Unix nice value, -20 (first) to 19.')
    .meta({ title: 'Nice value' }),
  start: durationField('zero')
    .prefault('0s')
    .describe('When it starts, counted from the beginning of the warm-up.'),
};

const limiterSchema = z.strictObject({
  program: z
    .literal('oc-limiter')
    .describe('Holds a process of its own domain to a limit, by SIGSTOP and SIGCONT.'),
  ...processFields,
  nice: processFields.nice
    .unwrap()
    .default(-10)
    .describe(
      'Unix nice value, -20 (first) to 19. cpulimit gives itself -10, to run when it is due.',
    ),
  target: nameField.describe('The process that it limits, a member of a cage.'),
  limit: z
    .number()
    .gt(0)
    .max(100)
    .describe("Most CPU time of the target, in percent of one PCPU, by the cage's measure.")
    .meta({ title: 'Limit', unit: '% of one PCPU' }),
  law: z
    .enum(['paper', 'paper-rate', 'cpulimit'])
    .default('cpulimit')
    .describe(
      'How it comes from what it measured to the part of a slot in which the target may run. ' +
        "paper: the paper's formula to the letter, limit / use in the last slot, which " +
        'alternates between long and short runs. paper-rate: the same with the use per run time ' +
        'granted, as the tool computed that OC-Limiter is based on. cpulimit: that tool from ' +
        'August 2008 on, the last part times limit / smoothed use; the default, as it holds ' +
        'Tripwire to its 30%.',
    )
    .meta({ title: 'Control law' }),
  slot: durationField('positive')
    .prefault('100ms')
    .describe('How often it decides; the paper says every 100 ms.'),
});

const processSchema = z
  .discriminatedUnion('program', [
    z.strictObject({
      program: z.literal('loop').describe('An endless loop.'),
      ...processFields,
    }),
    z.strictObject({
      program: z.literal('snort').describe('An IDS that inspects every packet of one domain.'),
      ...processFields,
      watches: nameField.describe(
        'The domain whose packets it sees: from domain 0 on its vif, or from inside.',
      ),
    }),
    z.strictObject({
      program: z.literal('tripwire').describe('An IDS that checks every file of one domain.'),
      ...processFields,
      watches: nameField.describe(
        'The domain whose files it checks: from domain 0 on a loop device on the image of its ' +
          'disk, mounted read-only, or from inside.',
      ),
      every: durationField('zero')
        .prefault('0s')
        .describe(
          'From the start of one scan to that of the next; a scan that takes longer delays it. ' +
            'The default, 0, starts anew at once: the paper shows CPU use during a scan and does ' +
            'not say how often one starts.',
        )
        .meta({ title: 'Time from scan to scan' }),
      tree: treeField,
    }),
    limiterSchema,
    z.strictObject({
      program: z.literal('webserver').describe('Answers every request with one page.'),
      ...processFields,
      page: z
        .int()
        .min(1)
        .max(65536)
        .default(1024)
        .describe(
          'Size of the page in bytes. The paper does not give it; with 1 KB a request is ten ' +
            'packets.',
        )
        .meta({ title: 'Page size', unit: 'bytes' }),
      backlog: z
        .int()
        .min(1)
        .max(65535)
        .default(128)
        .describe(
          'Connections that may wait to be accepted. Apache asks for 511, but Linux 2.6 allows ' +
            'no more than net.core.somaxconn, which is 128.',
        )
        .meta({ title: 'Backlog', unit: 'connections' }),
    }),
  ])
  .describe('A program in a domain: loop, snort, tripwire, oc-limiter or webserver.');

const clientSchema = z
  .strictObject({
    target: nameField.describe('The web server process that it asks.'),
    rate: z
      .number()
      .positive()
      .max(1_000_000)
      .describe('Connections opened in a second.')
      .meta({ title: 'Request rate', unit: 'requests/s' }),
    max_open: z
      .int()
      .min(1)
      .max(CONNECTIONS_PER_CLIENT, {
        error: `at most ${CONNECTIONS_PER_CLIENT}, as many as a packet of the model can tell apart`,
      })
      .default(1020)
      .describe(
        'Most connections open at a time. httperf waits with select() on at most 1024 ' +
          'descriptors, a few of which are its own; above that an attempt is an error. More than ' +
          '4096 do not fit into the bits of a packet of the model: take several clients.',
      )
      .meta({ title: 'Most open connections' }),
    timeout: durationField('zero')
      .prefault('0s')
      .describe('Gives a connection up after this long; 0 = never, the default of httperf.'),
    tick: durationField('positive')
      .prefault('1ms')
      .describe('How often it looks for connections to open; what is due goes out in a burst.'),
    connect: durationField('zero')
      .prefault('30us')
      .describe('Time between two connections of one burst: the work of opening one.')
      .meta({ title: 'Time to open a connection' }),
    response: durationField('zero')
      .prefault('20us')
      .describe("From a packet's arrival at the client to its answer on the wire.")
      .meta({ title: 'Response time' }),
    clock_skew_ppm: z
      .number()
      .min(-1000)
      .max(1000)
      .default(20)
      .describe(
        "How fast the client's clock runs, in parts per million. Two machines' crystals differ " +
          'by tens; with 0 the bursts would keep one phase to the 10 ms ticks for ever.',
      )
      .meta({ title: 'Clock skew', unit: 'ppm' }),
  })
  .describe('httperf on a machine of its own, one request a connection.');

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
      'PCPUs, costs and other quantities of the machine that have another value here, by name. ' +
        'The model counts whole nanoseconds, packets and bytes.',
    ),
  debit: z
    .enum(['sampled', 'exact'])
    .default('sampled')
    .describe(
      'How the credit scheduler takes credits. sampled: a whole tick from the VCPU that a tick ' +
        'finds running, as Xen 3.3 does. exact: by run time, as no scheduler of the time did.',
    ),
  domains: z
    .record(nameField, domainSchema)
    .default({})
    .describe('Domains by name. Domain 0 is dom0; it is there even if it is not listed.'),
  processes: z.record(nameField, processSchema).default({}).describe('Processes by name.'),
  clients: z.record(nameField, clientSchema).default({}).describe('Load generators by name.'),
  cages: z.record(nameField, cageSchema).default({}).describe('Resource Cages by name.'),
  subject: subjectSchema.optional(),
};

export const settingsSchema = z.strictObject(settingsFields);

/** Settings of one variant, complete; durations in nanoseconds. */
export type Settings = z.output<typeof settingsSchema>;
