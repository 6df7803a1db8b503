import { BaseCommand } from '../cli/base-command.js';

interface Versions {
  readonly version: string;
  readonly node: string;
  /** Operating system and processor, e.g. `linux-x64`. */
  readonly platform: string;
}

/** `version`. Its JSON has the versions of the tool and of Node.js. */
export default class Version extends BaseCommand {
  static override summary = 'Print the version, as --version and -v do.';

  async run(): Promise<Versions> {
    await this.parse(Version);
    const { userAgent, version, platform, arch } = this.config;
    this.log(userAgent);
    return { version, node: process.versions.node, platform: `${platform}-${arch}` };
  }
}
