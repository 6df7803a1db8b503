import type { RandomStream } from '../engine/random-stream.js';
import { PAGE_BYTES } from '../guest/block-device.js';

/** Files of one kind; sizes are log-normal. */
export interface FileGroupInput {
  readonly files: number;
  readonly meanBytes: number;
  /** Standard deviation of the logarithm of a size. */
  readonly spread: number;
  /** Percent of the files that lie right behind the one that is scanned before them. */
  readonly contiguousPct: number;
}

/**
 * A synthetic file tree on a disk image, in the order in which a scan reads it. Sizes are
 * log-normal, the usual shape of file sizes. A file lies right behind the one before it, or, by
 * chance, somewhere else, so that the disk has to position its arm.
 */
export class FileTree {
  /** By file, in order. */
  readonly sizesBytes: Float64Array;
  /** By file: its first page on the image. */
  readonly firstPages: Float64Array;
  readonly totalBytes: number;
  /** Pages of the image, with the gaps between its files. */
  readonly imagePages: number;

  constructor(groups: readonly FileGroupInput[], random: RandomStream) {
    const files = groups.reduce((sum, group) => sum + group.files, 0);
    this.sizesBytes = new Float64Array(files);
    this.firstPages = new Float64Array(files);
    let totalBytes = 0;
    let file = 0;
    let page = 0;
    for (const { files, meanBytes, spread, contiguousPct } of groups) {
      for (let i = 0; i < files; i++, file++) {
        const bytes = Math.max(1, Math.round(random.logNormal(meanBytes, spread)));
        // A gap of one page stands for any distance: the disk's seek time is a mean.
        if (100 * random.uniform() >= contiguousPct) page++;
        this.sizesBytes[file] = bytes;
        this.firstPages[file] = page;
        totalBytes += bytes;
        page += Math.ceil(bytes / PAGE_BYTES);
      }
    }
    this.totalBytes = totalBytes;
    this.imagePages = page;
  }
}
