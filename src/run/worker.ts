/** Does runs of one simulation in a thread of its own, unless the store has them by now. */
export { storedRuns as default } from './store/stored-run.js';
