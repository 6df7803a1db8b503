/** The costs that nobody measured, by their names in machine files, which have them in us. */
export const FITTED_COSTS = ['web_request', 'dom0_packet', 'snort_packet'] as const;

export type FittedCost = (typeof FITTED_COSTS)[number];

/** A reading that costs can be fitted to: metrics of one variant, added up, percent of the CPU. */
export interface Target {
  readonly name: string;
  /** Heads a column of few signs. */
  readonly label: string;
  /** The cost that it tells; a target of the same cost takes its place. */
  readonly tells: FittedCost;
  readonly experiment: 'snort' | 'tripwire';
  readonly variant: string;
  readonly metrics: readonly string[];
  readonly description: string;
  /** What the costs are fitted to if nothing is said; one target for each cost has it. */
  readonly defaultPct?: number;
}

/** A target with the value that is wanted. */
export interface Aim extends Target {
  readonly pct: number;
}

/** All that costs can be fitted to. */
export const TARGETS: readonly Target[] = [
  {
    name: 'vm_cpu_pct',
    label: 'VM',
    tells: 'web_request',
    experiment: 'snort',
    variant: 'offload',
    metrics: ['vm_cpu_pct'],
    description: 'the VM with Snort offloaded (a choice; the paper: at most 50)',
    defaultPct: 36,
  },
  {
    name: 'no_offload_total_cpu_pct',
    label: 'VM+dom0',
    tells: 'dom0_packet',
    experiment: 'snort',
    variant: 'no-offload',
    metrics: ['vm_cpu_pct', 'dom0_cpu_pct'],
    description: 'VM and domain 0 with Snort in the VM (S5)',
    defaultPct: 80,
  },
  {
    name: 'snort_cpu_pct',
    label: 'Snort',
    tells: 'snort_packet',
    experiment: 'snort',
    variant: 'offload',
    metrics: ['ids_cpu_pct'],
    description: 'Snort offloaded, by OC-Monitor (S3)',
    defaultPct: 60,
  },
  {
    name: 'tripwire_total_cpu_pct',
    label: 'VM+Trip',
    tells: 'web_request',
    experiment: 'tripwire',
    variant: 'offloadcage',
    metrics: ['total_cpu_pct'],
    description: 'VM and Tripwire in their cage (T1: 70)',
  },
  {
    name: 'no_offload_dom0_cpu_pct',
    label: 'dom0',
    tells: 'dom0_packet',
    experiment: 'snort',
    variant: 'no-offload',
    metrics: ['dom0_cpu_pct'],
    description: 'domain 0 with Snort in the VM',
  },
];
