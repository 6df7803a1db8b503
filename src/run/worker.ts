import { type DoneRun, type RunRequest, storedRuns } from './store/stored-run.js';

/**
 * Does runs of one simulation in a thread of its own, unless the store has them by now. The samples
 * of those that it has are read here: if that happens while the answer is copied, they may come to
 * lie in a buffer that has been copied before, without them.
 */
export default function doRequests(requests: readonly RunRequest[]): DoneRun[] {
  return storedRuns(requests).map((done) => ({ ...done, run: { ...done.run } }));
}
