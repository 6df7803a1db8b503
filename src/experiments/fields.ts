import { z } from 'zod';
import { DURATION_FORM, parseDuration } from './duration.js';

/** How things are named; the names go into column names, legends and series keys. */
const NAME_FORM = 'letters, digits, - and _, beginning with a letter, at most 32';

/** A name of a domain, process, client or cage. */
export const nameField = z
  .string({ error: NAME_FORM })
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, { error: NAME_FORM });

/** A name that becomes a file or directory: lower case, as not every file system tells case. */
export const fileNameField = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, {
  error: 'lower-case letters, digits and -, beginning with a letter, at most 32',
});

/** A line of text. */
export const textField = z
  .string()
  .regex(/^[^\p{Cc}]+$/u, { error: 'text of one line, without control characters' });

/** Text of any number of lines, e.g. of a YAML block. */
export const proseField = z.string();

/** A duration; nanoseconds once parsed. */
export function durationField(least: 'zero' | 'positive') {
  return z.union([z.number(), z.string()], { error: DURATION_FORM }).transform((value, context) => {
    const ns = parseDuration(value);
    const fits = ns !== undefined && (least === 'zero' ? ns >= 0 : ns > 0);
    if (!fits) {
      const bound = least === 'zero' ? 'not negative' : 'more than 0';
      context.addIssue({ code: 'custom', message: `${DURATION_FORM}, ${bound}` });
      return z.NEVER;
    }
    return ns;
  });
}

/** A cap. How much the machine has is checked later. */
export const capField = z
  .number()
  .min(0)
  .default(0)
  .describe('Most CPU time, in percent of one PCPU; 0 = no cap.');

/** A weight of Xen's credit scheduler. */
export const weightField = z.int().min(1).max(65535).default(256);
