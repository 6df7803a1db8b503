import type { CageSettings } from '../../definition/cages/cage-schema.js';
import { DOM0 } from '../../definition/domains.js';
import { resolveMachine } from '../../definition/machines/machine-schema.js';
import { defaultDomain } from '../../definition/model-input.js';
import type { ProcessSettings } from '../../definition/programs/programs.js';
import type { SetUp } from '../../definition/set-up.js';
import type { Settings } from '../../definition/settings-schema.js';
import { totalAsCounted } from './meters.js';

type DomainSettings = Settings['domains'][string];
type CreditSettings = Extract<Settings['hypervisor'], { scheduler: 'credit' }>;

/** Something that the paper leaves open, or that its text and the code of the time disagree on. */
export interface OpenPoint<Value> {
  readonly question: string;
  /**
   * The set-up of a variant with that choice, whatever it has chosen itself. What the variant is
   * about stays: a kernel with CFS keeps it where those with O(1) are asked to account otherwise.
   */
  readonly apply: (setUp: SetUp, value: Value, experiment: string) => SetUp;
  /** The value for people. */
  readonly text: (value: Value) => string;
}

/** The point that decides a key of every cage. */
function ofCages<Key extends keyof CageSettings>(
  key: Key,
  question: string,
  text: (value: CageSettings[Key]) => string = String,
): OpenPoint<CageSettings[Key]> {
  return {
    question,
    apply: ({ settings, machine }, value) => ({
      settings: { ...settings, cages: each(settings.cages, (cage) => ({ ...cage, [key]: value })) },
      machine,
    }),
    text,
  };
}

const TOTALS: Readonly<Record<DomainSettings['proc_total'], string>> = {
  'by-accounting': 'what the tools of its kernel take',
  'all-columns': 'the time that passes',
  'without-steal': 'all columns of /proc/stat but steal',
};

/** The load of Snort in a VM, which section 5.3 does not name. */
const LOADED = 'accounting-snort';

/** All open points: what `Reading` decides. */
export const POINTS = {
  accounting: {
    question: 'How kernels with O(1) account CPU time',
    apply: (setUp, accounting) =>
      withDomains(setUp, (one) => (isO1(one.accounting) ? { ...one, accounting } : one)),
    text: String,
  } satisfies OpenPoint<'o1' | 'o1-steal' | 'cfs'>,

  proc_total: {
    question: "What a tool takes a process's share of",
    apply: (setUp, proc_total) => withDomains(setUp, (domain) => ({ ...domain, proc_total })),
    text: (total) => TOTALS[total],
  } satisfies OpenPoint<DomainSettings['proc_total']>,

  dom0_hz: {
    question: "How often domain 0's kernel ticks",
    apply: ({ settings, machine }, hz) => {
      const { [DOM0]: dom0 = defaultDomain() } = settings.domains;
      const domains = { ...settings.domains, [DOM0]: { ...dom0, hz } };
      return { settings: { ...settings, domains }, machine };
    },
    text: (hz) => `${hz} times a second`,
  } satisfies OpenPoint<DomainSettings['hz']>,

  debit: {
    question: 'How the credit scheduler takes credits',
    apply: (setUp, debit) => {
      const { debit: _, hypervisor, ...settings } = setUp.settings;
      if (hypervisor.scheduler !== 'credit') return setUp;
      return {
        settings: { ...settings, hypervisor: { ...hypervisor, debit } },
        machine: setUp.machine,
      };
    },
    text: String,
  } satisfies OpenPoint<CreditSettings['debit']>,

  switches: {
    question: 'When a switch of VCPUs is paid for',
    apply: (setUp, switches) => (switches === 'lazy' ? setUp : withEagerSwitches(setUp)),
    text: (switches) =>
      switches === 'lazy' ? 'when another VCPU is loaded' : 'at each pass, after idle time as well',
  } satisfies OpenPoint<'lazy' | 'eager'>,

  counts: {
    ...ofCages('counts', "What OC-Monitor counts as a process's time, which claims call CR3"),
    apply: (setUp, counts) => {
      const { settings, machine } = ofCages('counts', '').apply(setUp, counts, '');
      const { subject } = settings;
      if (subject === undefined) return { settings, machine };
      const total = totalAsCounted(subject, settings, counts);
      return { settings: { ...settings, subject: { ...subject, total } }, machine };
    },
  } satisfies OpenPoint<CageSettings['counts']>,

  ids_window: ofCages('ids_window', 'Over which time RC.ids is taken', (window) => {
    switch (window.kind) {
      case 'period':
        return 'the last period';
      case 'sliding':
        return `a window of ${window.window / 1e9} s`;
      case 'ema':
        return `smoothed with weight ${window.weight}`;
    }
  }),

  excess: ofCages('excess', "What becomes of the IDS's use beyond the cap", (excess) =>
    excess.kind === 'forgive' ? 'forgiven' : `carried, up to ${excess.limit}% of a period`,
  ),

  park_below: ofCages('park_below', 'Below which debt a VCPU is parked'),

  rounding: ofCages('rounding', 'Whether the cap that is left is a whole percent'),

  law: {
    question: "OC-Limiter's control law",
    apply: ({ settings, machine }, law) => ({
      settings: {
        ...settings,
        processes: each(settings.processes, (process) =>
          process.program === 'oc-limiter' ? { ...process, law } : process,
        ),
      },
      machine,
    }),
    text: String,
  } satisfies OpenPoint<Extract<ProcessSettings, { program: 'oc-limiter' }>['law']>,

  load: {
    question: 'How many requests Snort in a VM watches in section 5.3',
    apply: ({ settings, machine }, rate, experiment) => ({
      settings:
        experiment !== LOADED
          ? settings
          : {
              ...settings,
              clients: each(settings.clients, (client) =>
                client.kind === 'httperf' ? { ...client, rate } : client,
              ),
            },
      machine,
    }),
    text: (rate) => `${rate} requests/s`,
  } satisfies OpenPoint<number>,
};

export type Point = keyof typeof POINTS;

/** By point, what may be chosen. */
export type Choices = {
  readonly [P in Point]: Parameters<(typeof POINTS)[P]['apply']>[1];
};

/** The names of all points, in the order in which they are told. */
export const POINT_NAMES = Object.keys(POINTS) as readonly Point[];

function isO1(accounting: DomainSettings['accounting']): boolean {
  return accounting === 'o1' || accounting === 'o1-steal';
}

/** Domain 0 is there even if nothing is said of it. */
function withDomains(
  { settings, machine }: SetUp,
  change: (domain: DomainSettings) => DomainSettings,
): SetUp {
  const domains = { [DOM0]: defaultDomain(), ...settings.domains };
  return { settings: { ...settings, domains: each(domains, change) }, machine };
}

/** A machine's costs are those of a lazy hypervisor: here each pass costs what a switch does. */
function withEagerSwitches({ settings, machine }: SetUp): SetUp {
  const { schedulerPassNs, vcpuSwitchNs } = resolveMachine(machine).costs;
  const { scheduler_pass: pass, vcpu_switch: load } = machine.costs;
  const costs = {
    ...machine.costs,
    scheduler_pass: { ...pass, value: schedulerPassNs + vcpuSwitchNs, unit: 'ns' },
    vcpu_switch: { ...load, value: 0 },
  };
  return { settings, machine: { ...machine, costs } };
}

function each<Thing>(
  things: Readonly<Record<string, Thing>>,
  change: (thing: Thing) => Thing,
): Record<string, Thing> {
  return Object.fromEntries(Object.entries(things).map(([name, one]) => [name, change(one)]));
}
