import type { YamlFile } from '../../base/yaml-file.js';
import type { Definition } from '../../definition/definition.js';
import type { DefinitionFiles } from '../../files/definition-files.js';
import { definitionWith } from '../../sweep/definition-with.js';
import { measuredTime } from '../duration-flag.js';
import type { ExperimentFlags } from './experiment-flags.js';

interface WhatIfOptions {
  /** Ids of the variants that are run; default: those of the flags. */
  readonly variants?: readonly string[] | undefined;
  /** That others have read already. */
  readonly files?: DefinitionFiles | undefined;
}

/**
 * What is to be run where --set is given: the definition with other values, which its titles say,
 * so that nobody takes the results for those of the file.
 * @returns the flags with paths in full, so that the same values are the same command line
 * @throws InputError
 */
export function whatIf(
  file: YamlFile,
  flags: ExperimentFlags,
  { variants = flags.variant, files }: WhatIfOptions = {},
): { readonly definition: Definition; readonly flags: ExperimentFlags } {
  // A wrong time is told as it is without --set.
  measuredTime(flags);
  const { duration } = flags;
  const { definition, set } = definitionWith(
    file,
    { set: flags.set ?? [], duration, variants },
    files,
  );
  return { definition: entitled(definition, set), flags: { ...flags, set } };
}

function entitled(definition: Definition, set: readonly string[]): Definition {
  const { title, figures } = definition;
  const entitledAs = (text: string) => `${text} (${set.join(', ')})`;
  return {
    ...definition,
    title: entitledAs(title),
    figures: figures.map((figure) => ({ ...figure, title: entitledAs(figure.title) })),
  };
}
