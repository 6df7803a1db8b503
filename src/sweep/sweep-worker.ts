import { Tinypool } from 'tinypool';
import type { Shelf } from '../run/store/entry.js';
import { sweepRunner } from './run-point.js';
import type { SweepWork } from './tasks.js';

/** What the worker thread is started with. */
export interface SweepWorkerData {
  readonly work: SweepWork;
  readonly shelf: Shelf | null;
}

const { work, shelf } = Tinypool.workerData as SweepWorkerData;

/** Does one run of the sweep, by its number. */
export default sweepRunner(work, shelf);
