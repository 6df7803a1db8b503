import { Tinypool } from 'tinypool';
import { type SweepWork, sweepRunner } from './run-point.js';

/** Does one run of the sweep that the worker thread was started with, by its number. */
export default sweepRunner(Tinypool.workerData as SweepWork);
