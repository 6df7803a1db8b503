import { CFS_KERNELS } from './cfs-kernels.js';
import { DOM0_AT_250 } from './dom0-at-250.js';
import { EAGER_SWITCHES } from './eager-switches.js';
import { FULL_LOAD } from './full-load.js';
import { IDEAL_INSTRUMENTS } from './ideal-instruments.js';
import { KERNEL_SOURCE } from './kernel-source.js';
import { LONG_WINDOW } from './long-window.js';
import { ONE_TOOL } from './one-tool.js';
import { PAPER_WORDS } from './paper-words.js';
import type { Reading } from './reading.js';
import { THREADS_APART } from './threads-apart.js';

/** The reading under which claims are judged elsewhere. */
export const REFERENCE = KERNEL_SOURCE;

/** All readings; the reference comes first. */
export const READINGS: readonly Reading[] = [
  REFERENCE,
  PAPER_WORDS,
  IDEAL_INSTRUMENTS,
  CFS_KERNELS,
  ONE_TOOL,
  LONG_WINDOW,
  THREADS_APART,
  FULL_LOAD,
  EAGER_SWITCHES,
  DOM0_AT_250,
];
