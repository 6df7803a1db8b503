import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/model/engine/random-stream.js';
import { FileTree } from '../../../src/model/programs/file-tree.js';
import { files } from '../machine-input.js';

const PAGE = 4096;

test('sizes are log-normal: their mean and their median are those of the distribution', () => {
  const group = { files: 200_000, meanBytes: 62_000, spread: 1, contiguousPct: 50 };
  const tree = new FileTree([group], new RandomStream(1, 'files'));
  expect(tree.sizesBytes.length).toBe(group.files);
  // Coefficient of variation sqrt(e - 1) = 1.31, so that the mean is good to 0.3% (one sigma).
  expect(tree.totalBytes / group.files / group.meanBytes).toBeCloseTo(1, 1);
  const median = tree.sizesBytes.toSorted()[group.files / 2]!;
  expect(median / (group.meanBytes * Math.exp(-1 / 2))).toBeCloseTo(1, 1);
});

test('as many files as asked for follow on the one before', () => {
  const group = { files: 100_000, meanBytes: 62_000, spread: 1, contiguousPct: 30 };
  const { sizesBytes, firstPages } = new FileTree([group], new RandomStream(2, 'files'));
  let following = 0;
  for (let i = 1; i < group.files; i++) {
    const end = firstPages[i - 1]! + Math.ceil(sizesBytes[i - 1]! / PAGE);
    if (firstPages[i] === end) following++;
  }
  expect((100 * following) / group.files).toBeCloseTo(30, 0);
});

test('whatever the groups, files keep their order, do not overlap and fill the image', () => {
  const group = fc.record({
    files: fc.integer({ min: 1, max: 50 }),
    meanBytes: fc.integer({ min: 1, max: 1_000_000 }),
    spread: fc.double({ min: 0, max: 3, noNaN: true }),
    contiguousPct: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), fc.integer(), (groups, seed) => {
      const tree = new FileTree(groups, new RandomStream(seed, 'files'));
      let end = 0;
      tree.sizesBytes.forEach((bytes, i) => {
        expect(Number.isInteger(bytes) && bytes >= 1).toBe(true);
        expect(tree.firstPages[i]).toBeGreaterThanOrEqual(end);
        expect(tree.firstPages[i]).toBeLessThanOrEqual(end + 1);
        end = tree.firstPages[i]! + Math.ceil(bytes / PAGE);
      });
      expect(tree.imagePages).toBe(end);
      expect(tree.totalBytes).toBe(tree.sizesBytes.reduce((sum, bytes) => sum + bytes, 0));
    }),
  );
});

test('no spread: all files have the mean size', () => {
  const tree = new FileTree([files(3, 5000), files(2, 100)], new RandomStream(1, 'files'));
  expect([...tree.sizesBytes]).toEqual([5000, 5000, 5000, 100, 100]);
  // Each two or one pages, with a gap before each.
  expect([...tree.firstPages]).toEqual([1, 4, 7, 10, 12]);
});
