/** Does one run in a thread of its own, unless the store has it by now. */
export { storedRun as default } from './store/stored-run.js';
