import { z } from 'zod';
import { DURATION_FORM, durationPattern, parseDuration } from '../base/duration.js';

/** How things are named; the names go into column names, legends and series keys. */
const NAME_FORM = 'letters, digits, - and _, beginning with a letter, at most 32';

/** A name of a domain, process, client or cage. */
export const nameField = z
  .string({ error: NAME_FORM })
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, { error: NAME_FORM });

/** Devices of Windows, which takes `con.csv`, too, for its console. */
const DEVICE = 'con|prn|aux|nul|com\\d|lpt\\d';

/** A name that becomes a file or directory: lower case, as not every file system tells case. */
export const fileNameField = z
  .string()
  .regex(new RegExp(`^(?!(?:${DEVICE})$)[a-z][a-z0-9-]{0,31}$`), {
    error: ({ input }) =>
      new RegExp(`^(?:${DEVICE})$`).test(String(input))
        ? 'a name that Windows does not reserve for a device, as it does con, aux, nul and com1'
        : 'lower-case letters, digits and -, beginning with a letter, at most 32',
  });

/** A metric, a column of the results; made from the names above. */
export const metricField = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, {
  error: 'letters, digits, - and _, beginning with a letter',
});

/** A line of text. Its pattern means the same with and without the flag u, as editors differ. */
export const textField = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are refused
  .regex(/^[^\u0000-\u001f\u007f-\u009f]+$/, {
    error: 'text of one line, without control characters',
  });

/** Text of any number of lines, e.g. of a YAML block. */
export const proseField = z.string();

/** A duration; nanoseconds once parsed. */
export function durationField(least: 'zero' | 'positive') {
  const pattern = durationPattern(least);
  const bound = least === 'zero' ? { minimum: 0 } : { exclusiveMinimum: 0 };
  return z
    .union([z.number(), z.string()], { error: DURATION_FORM })
    .meta({ pattern: pattern.source, ...bound })
    .transform((value, context) => {
      const ns = pattern.test(String(value)) ? parseDuration(value) : undefined;
      if (ns !== undefined) return ns;
      const said = least === 'zero' ? 'not negative' : 'more than 0';
      context.addIssue({ code: 'custom', message: `${DURATION_FORM}, ${said}` });
      return z.NEVER;
    });
}

/** A thing of one of several kinds, each with keys of its own. */
export function kindField<Key extends string, Kind extends z.ZodObject>(
  key: Key,
  kinds: Readonly<Record<string, Kind>>,
) {
  return z.discriminatedUnion(key, Object.values(kinds) as [Kind]);
}

/** A cap; whole, as in Xen. How much the machine has is checked later. */
export const capField = z
  .int({ error: 'a whole number of percent, as Xen has no others' })
  .min(0, { error: 'at least 0' })
  .default(0)
  .describe('Most CPU time, in whole percent of one PCPU; 0 = no cap.')
  .meta({ title: 'Cap', unit: '% of one PCPU' });

/** The weight under Xen's credit scheduler of what none is set for. */
export const DEFAULT_WEIGHT = 256;

/** A weight of Xen's credit scheduler. */
export const weightField = z.int().min(1).max(65535).default(DEFAULT_WEIGHT);
