import type { ModelInput } from '../model/input.js';
import { cpu, type MetricRecipe, type Naming, rate } from './metric-recipe.js';

/** Whether anything in the machine uses its disk. */
export function readsDisk({ processes }: ModelInput): boolean {
  return processes.some(({ program }) => program === 'tripwire');
}

/** Domain 0's part of a VM's disk traffic, as `dom0_net_cpu_pct` is of its network traffic. */
export function dom0DiskMetric(vm: string, label: string): MetricRecipe {
  return cpu([`domain:${vm}:dom0disk`], {
    name: 'dom0_disk_cpu_pct',
    label,
    description: `CPU time that domain 0's kernel spends on disk work for ${vm}`,
  });
}

/** How far a Tripwire gets. */
export function scanMetrics(ids: string, prefix: string, title: string): MetricRecipe[] {
  return [
    megabytes([`scan:${ids}:bytes`], {
      name: `${prefix}scan_mb_per_s`,
      label: `${title}, data checked`,
      description: `MB (10^6 bytes) that ${ids} checks in a second`,
    }),
    rate('files/s', [`scan:${ids}:files`], {
      name: `${prefix}scan_files_per_s`,
      label: `${title}, files checked`,
      description: `Files that ${ids} checks in a second`,
    }),
    {
      ...rate('scans/h', [`scan:${ids}:scans`], {
        name: `${prefix}scans_per_h`,
        label: `${title}, scans`,
        description: `Scans of the whole tree that ${ids} finishes in an hour`,
      }),
      factor: 3600,
    },
  ];
}

/** The disk as a whole. */
export function diskMetrics(): MetricRecipe[] {
  return [
    {
      name: 'disk_busy_pct',
      unit: '%',
      label: 'Disk busy',
      description: 'Time in which the disk positions its arm or transfers',
      factor: 100,
      numerator: ['disk:busy'],
      denominator: 'ns',
    },
    megabytes(['disk:bytes'], {
      name: 'disk_read_mb_per_s',
      label: 'Disk, read',
      description: 'MB (10^6 bytes) that come off the disk in a second, in whole pages',
    }),
  ];
}

function megabytes(numerator: readonly string[], naming: Naming): MetricRecipe {
  return { ...rate('MB/s', numerator, naming), factor: 1e-6 };
}
