/** Makes one run of so many simulated seconds and prints the process's peak memory in bytes. */
import { findExperiment } from '../src/files/experiment-catalog.js';
import { simulate } from '../src/model/index.js';

const seconds = Number(process.argv[2]);
const variant = findExperiment('snort').variants.find(({ id }) => id === 'offload');
if (variant === undefined) throw new Error('the Snort experiment has no variant offload');
simulate({ ...variant.input, durationNs: seconds * 1e9 }, 1);
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
