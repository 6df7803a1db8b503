import { Tinypool } from 'tinypool';
import { sweepRunner } from './run-point.js';
import type { SweepWork } from './tasks.js';

/** Does one run of the sweep that the worker thread was started with, by its number. */
export default sweepRunner(Tinypool.workerData as SweepWork);
