import type { ModelInput, ProcessInput } from '../../model/input.js';
import {
  cageSeries,
  domainSeries,
  IDLE_SERIES,
  PROC_COLUMNS,
  processSeries,
} from '../../model/series.js';
import type { Subject, Variant } from '../definition.js';
import { guestSchedulerMetrics } from '../guest-schedulers/guest-schedulers.js';
import { ownDefinition } from '../programs/programs.js';
import {
  clientMetrics,
  clientResponseMetrics,
  serverMetrics,
  serverResponseMetrics,
} from './client-metrics.js';
import { diskMetrics, dom0DiskMetric, readsDisk } from './disk-metrics.js';
import { cpu, type MetricRecipe, type SeriesRecipe } from './metric-recipe.js';
import { idsWithoutThreads, noThreadsMetrics } from './no-threads-metrics.js';

/** The columns of /proc/stat in the order of the files, which is a promise. */
const COLUMNS_IN_ORDER = [...PROC_COLUMNS.filter((column) => column !== 'steal'), 'steal'] as const;

/** The metrics of a run: those about the subject, then one per domain, process, cage and client. */
export function metricsOf(
  input: ModelInput,
  subject: Subject | null,
  peers: readonly ModelInput[] = [input],
): MetricRecipe[] {
  return [
    ...(subject === null ? [] : subjectMetrics(input, subject, peers)),
    ...genericMetrics(input),
    ...responseMetrics(input, subject, peers),
    ...noThreadsMetrics(input, subject, capitalized),
    ...debtMetrics(input),
  ];
}

/** What the scheduler charges guests for the work of domain 0, beside what that is. */
function debtMetrics({ hypervisor, domains }: ModelInput): MetricRecipe[] {
  if (hypervisor.scheduler !== 'sedf' || hypervisor.debts === null) return [];
  return domains.slice(1).flatMap(({ name }) => [
    cpu([domainSeries.charged(name)], {
      name: `domain_${name}_debt_cpu_pct`,
      label: `Domain ${name}, charged by packets`,
      description: `CPU time of domain 0 that SEDF-DC charges to domain ${name}`,
    }),
    cpu([domainSeries.dom0net(name)], {
      name: `domain_${name}_dom0_net_cpu_pct`,
      label: `Domain ${name}, network work of domain 0`,
      description: `CPU time that domain 0 spends on network work for ${name}`,
    }),
  ]);
}

/**
 * A variant's metrics with the names that tell them apart in a table of all variants.
 * @param variants all that are compared
 */
export function variantMetrics(
  { input, subject, metrics = [] }: Variant,
  variants: readonly Variant[],
): MetricRecipe[] {
  const peers = variants.map((variant) => variant.input);
  return [...metricsOf(input, subject, peers), ...metrics];
}

/** A single VM needs no name. */
function isOnlyVm(peers: readonly ModelInput[]): boolean {
  const vms = peers.flatMap(({ domains }) => domains.slice(1).map(({ name }) => name));
  return new Set(vms).size <= 1;
}

function labelsOf(vm: string, isAlone: boolean): (what: string) => string {
  return (what) => (isAlone ? capitalized(what) : `VM ${vm}, ${what}`);
}

/** How long replies take; behind all others, as the order of columns is a promise. */
function responseMetrics(
  input: ModelInput,
  subject: Subject | null,
  peers: readonly ModelInput[],
): MetricRecipe[] {
  const vm = subject?.vm ?? null;
  return [
    ...(vm === null ? [] : serverResponseMetrics(input, vm, labelsOf(vm, isOnlyVm(peers)))),
    ...input.clients.flatMap(({ name }) => clientResponseMetrics(name)),
  ];
}

function subjectMetrics(
  input: ModelInput,
  subject: Subject,
  peers: readonly ModelInput[],
): MetricRecipe[] {
  const { vm, ids } = subject;
  const dom0 = input.domains[0]?.name ?? '';
  const isAlone = isOnlyVm(peers);
  const named = (one: string, ofSeveral: string) => (isAlone ? one : ofSeveral);
  const parts = [
    cpu([domainSeries.cpu(vm)], {
      name: 'vm_cpu_pct',
      label: named('VM', `VM ${vm}`),
      description: `CPU time of domain ${vm}`,
    }),
    ...(ids === null ? [] : idsMetrics(input, ids)),
    cpu([domainSeries.dom0net(vm)], {
      name: 'dom0_net_cpu_pct',
      label: named('Domain 0, network', `Domain 0, network for ${vm}`),
      description: `CPU time that domain 0 spends on network work for ${vm}`,
    }),
    ...(readsDisk(input)
      ? [dom0DiskMetric(vm, named('Domain 0, disk', `Domain 0, disk for ${vm}`))]
      : []),
    cpu([domainSeries.cpu(dom0)], {
      name: 'dom0_cpu_pct',
      label: 'Domain 0',
      description: 'CPU time of domain 0 as a whole',
    }),
  ];
  const addends = [...parts, ...(ids === null ? [] : [idsWithoutThreads(ids, capitalized(ids))])];
  const total = totalMetric(
    addends.filter((part) => subject.total.includes(part.name)),
    ids,
  );
  return [
    ...parts,
    total,
    ...serverMetrics(input, vm, labelsOf(vm, isAlone)),
    ...findingMetrics(input, ids),
  ];
}

/** What the definition adds up, called by its parts. */
function totalMetric(parts: readonly SeriesRecipe[], ids: string | null): MetricRecipe {
  const charged = ids === null ? '' : capitalized(ids);
  const [first = '', ...others] = parts.map(({ name, label }) =>
    name === 'ids_cpu_pct' ? charged : label,
  );
  const within = others.map((label) => label.replace(/^Domain 0/, 'domain 0'));
  return cpu(
    parts.flatMap((part) => part.numerator),
    {
      name: 'total_cpu_pct',
      label: others.length === 0 ? `Sum of ${first} alone` : [first, ...within].join(' + '),
      description: `Sum of ${parts.map(({ name }) => name).join(' and ')}`,
    },
  );
}

/** How far the subject's IDS gets, or what it misses. */
function findingMetrics(input: ModelInput, ids: string | null): MetricRecipe[] {
  const process = input.processes.find((one) => one.name === ids);
  if (process === undefined) return [];
  const metrics = ownDefinition(process.program)?.metrics;
  if (metrics === undefined) return [];
  const naming = { prefix: metrics.subjectPrefix, title: capitalized(process.name) };
  return [...metrics.of(process.name, naming)];
}

/** Names that `subject.total` may add up. */
export function totalParts(hasIds: boolean, readsDisk: boolean): string[] {
  const ids = hasIds ? ['ids_cpu_pct', 'ids_true_cpu_pct', 'ids_no_threads_cpu_pct'] : [];
  const disk = readsDisk ? ['dom0_disk_cpu_pct'] : [];
  return ['vm_cpu_pct', ...ids, 'dom0_net_cpu_pct', ...disk, 'dom0_cpu_pct'];
}

function idsMetrics(input: ModelInput, ids: string): SeriesRecipe[] {
  return [
    cpu([processSeries.cr3(ids)], {
      name: 'ids_cpu_pct',
      label: `${capitalized(ids)}, charged (CR3)`,
      description: `CPU time while the page tables of ${ids} are loaded: what OC-Monitor measures`,
    }),
    cpu([processSeries.own(ids)], {
      name: 'ids_true_cpu_pct',
      label: `${capitalized(ids)}, own work`,
      description: `CPU time of the own work of ${ids}`,
    }),
    ...procMetrics(input, ids, 'ids_', capitalized(ids)),
  ];
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function genericMetrics(input: ModelInput): MetricRecipe[] {
  const all = input.pcpus === 1 ? '' : `, of ${input.pcpus} PCPUs`;
  return [
    cpu([IDLE_SERIES], { name: 'idle_pct', label: 'Idle', description: `Idle time${all}` }),
    ...(readsDisk(input) ? diskMetrics() : []),
    ...input.domains.flatMap(({ name }) => domainMetrics(name)),
    ...input.processes.flatMap((process) => processMetrics(input, process)),
    ...input.cages.map(({ name }) =>
      cpu([cageSeries.used(name)], {
        name: `cage_${name}_cpu_pct`,
        label: `Cage ${name}`,
        description: `CPU time recorded in the cage ${name}`,
      }),
    ),
    ...input.clients.flatMap(({ name }) => clientMetrics(name)),
    ...input.domains.flatMap(guestSchedulerMetrics),
  ];
}

function domainMetrics(name: string): MetricRecipe[] {
  return [
    cpu([domainSeries.cpu(name)], {
      name: `domain_${name}_cpu_pct`,
      label: `Domain ${name}`,
      description: `CPU time of domain ${name}`,
    }),
    ...COLUMNS_IN_ORDER.map((column) =>
      cpu([domainSeries.proc(name, column)], {
        name: `domain_${name}_proc_${column}_pct`,
        label: `Domain ${name}, ${column} by /proc`,
        description: `${capitalized(column)} time in /proc/stat of domain ${name}`,
      }),
    ),
  ];
}

function processMetrics(input: ModelInput, { name, program }: ProcessInput): MetricRecipe[] {
  const title = `Process ${name}`;
  const prefix = `process_${name}_`;
  const times = [
    cpu([processSeries.cr3(name)], {
      name: `process_${name}_cr3_pct`,
      label: `${title}, charged (CR3)`,
      description: `CPU time while the page tables of ${name} are loaded`,
    }),
    cpu([processSeries.own(name)], {
      name: `process_${name}_true_pct`,
      label: `${title}, own work`,
      description: `CPU time of the own work of ${name}`,
    }),
    ...procMetrics(input, name, prefix, title),
  ];
  const own = ownDefinition(program)?.metrics?.of(name, { prefix, title }) ?? [];
  return [...times, ...own];
}

/**
 * What /proc shows of a process: its share of the columns of /proc/stat that the tools know, and of
 * the time that passes.
 */
function procMetrics(
  { domains, processes }: ModelInput,
  process: string,
  prefix: string,
  title: string,
): SeriesRecipe[] {
  const domain = processes.find(({ name }) => name === process)?.domain ?? '';
  const { procTotal } = domains.find(({ name }) => name === domain) ?? {};
  const charged = processSeries.proc(process);
  const description = `CPU time that the kernel of ${domain} charges to ${process}`;
  const total =
    procTotal === 'all-columns'
      ? 'all columns of its /proc/stat'
      : 'all columns of its /proc/stat but steal';
  return [
    {
      name: `${prefix}proc_pct`,
      label: `${title}, by /proc`,
      unit: '%',
      description: `${description}, percent of the sum of ${total}`,
      factor: 100,
      numerator: [charged],
      denominator: [domainSeries.procTotal(domain)],
    },
    cpu([charged], {
      name: `${prefix}proc_wall_pct`,
      label: `${title}, by /proc, of wall time`,
      description,
    }),
  ];
}
