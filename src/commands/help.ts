import { commands } from '@oclif/plugin-help';

// Taken as a command of our own: loading it as a plugin makes `--help` measurably slower.
export default commands.help;
