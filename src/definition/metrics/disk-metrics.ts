import type { ModelInput } from '../../model/input.js';
import { diskSeries, domainSeries } from '../../model/series.js';
import { ownDefinition } from '../programs/programs.js';
import { cpu, type MetricRecipe, megabytes, type SeriesRecipe } from './metric-recipe.js';

/** Whether anything in the machine uses its disk. */
export function readsDisk({ processes }: ModelInput): boolean {
  return processes.some(({ program }) => ownDefinition(program)?.readsDisk);
}

/** Domain 0's part of a VM's disk traffic, as `dom0_net_cpu_pct` is of its network traffic. */
export function dom0DiskMetric(vm: string, label: string): SeriesRecipe {
  return cpu([domainSeries.dom0disk(vm)], {
    name: 'dom0_disk_cpu_pct',
    label,
    description: `CPU time that domain 0's kernel spends on disk work for ${vm}`,
  });
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
      numerator: [diskSeries.busy],
      denominator: 'ns',
    },
    megabytes([diskSeries.bytes], {
      name: 'disk_read_mb_per_s',
      label: 'Disk, read',
      description: 'MB (10^6 bytes) that come off the disk in a second, in whole pages',
    }),
  ];
}
