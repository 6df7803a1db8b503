import type { ModelInput } from '../../model/input.js';
import { processSeries } from '../../model/series.js';
import type { Subject } from '../definition.js';
import { cpu, type SeriesRecipe } from './metric-recipe.js';

/** The subject IDS's CR3 time without kernel threads; a part that `subject.total` may add up. */
export function idsWithoutThreads(ids: string, title: string): SeriesRecipe {
  return cpu([processSeries.noThreads(ids)], {
    name: 'ids_no_threads_cpu_pct',
    label: `${title}, without kernel threads`,
    description: meaningOf(ids),
  });
}

/** The CR3 time without kernel threads of the subject's IDS, and of every process. */
export function noThreadsMetrics(
  { processes }: ModelInput,
  subject: Subject | null,
  titleOf: (process: string) => string,
): SeriesRecipe[] {
  const ids = subject?.ids ?? null;
  return [
    ...(ids === null ? [] : [idsWithoutThreads(ids, titleOf(ids))]),
    ...processes.map(({ name }) =>
      cpu([processSeries.noThreads(name)], {
        name: `process_${name}_no_threads_pct`,
        label: `Process ${name}, without kernel threads`,
        description: meaningOf(name),
      }),
    ),
  ];
}

function meaningOf(process: string): string {
  return `CPU time while the page tables of ${process} are loaded, less that of kernel threads`;
}
