import { z } from 'zod';
import { InputError } from '../base/input-error.js';
import { allowedNames } from '../base/nearest.js';
import { allowedMessage, problemsOf, show } from '../base/problems.js';
import type { ProcessBase, ProcessInput } from '../model/input.js';
import { kernelTaskNames } from '../model/limits.js';
import { MAX_TOTAL_NS } from './checks.js';
import type { Definition, Variant } from './definition.js';
import { nameField } from './fields.js';
import { ownDefinition } from './programs/programs.js';

/** A process of a program that is not the model's own; what it has besides is the program's. */
export interface AddedProcess extends ProcessBase {
  readonly program: string;
}

const addedSchema = z.looseObject({
  name: nameField,
  domain: z.string(),
  nice: z.int().min(-20).max(19),
  startNs: z.int().min(0).max(MAX_TOTAL_NS),
  program: z.string().min(1),
});

/**
 * The definition with more processes, of programs that its run is given.
 * @param processesOf processes for a variant, which get what the program needs as it is
 * @throws InputError for one that its machine cannot have
 */
export function withProcesses(
  definition: Definition,
  processesOf: (variant: Variant) => readonly AddedProcess[],
): Definition {
  const variants = definition.variants.map((variant) => {
    let { input } = variant;
    for (const added of processesOf(variant)) {
      const refused = fault(added, variant);
      if (refused !== null) {
        throw new InputError(
          `${definition.id}, variant ${variant.id}: process ${show(added.name)}: ${refused}`,
        );
      }
      // The model finds its program among those that it is given.
      const process = added as unknown as ProcessInput;
      input = { ...input, processes: [...input.processes, process] };
      variant = { ...variant, input };
    }
    return variant;
  });
  return { ...definition, variants };
}

/** What is wrong with a process; null if nothing. */
function fault(added: AddedProcess, { input }: Variant): string | null {
  const parsed = addedSchema.safeParse(added, { error: allowedMessage });
  const [problem] = parsed.success ? [] : problemsOf(parsed.error, added);
  if (problem !== undefined) {
    return `${problem.path.join('.')}: got ${problem.got}; allowed: ${problem.allowed}`;
  }
  const { name, domain, program } = added;
  const readers = input.processes.filter((one) => ownDefinition(one.program)?.readsDisk).length;
  const taken = [...input.processes.map((one) => one.name), ...kernelTaskNames(readers)];
  if (taken.includes(name)) return 'got a name that is taken; allowed: another';
  const domains = input.domains.map((one) => one.name);
  if (!domains.includes(domain)) {
    return `domain: got ${show(domain)}; allowed: ${allowedNames(domain, domains)}`;
  }
  if (ownDefinition(program) === undefined) return null;
  return `program: got ${show(program)}; allowed: a name that no program of the model has`;
}
