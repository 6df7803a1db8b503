#!/usr/bin/env node
/**
 * Opens a report in Chromium, light and dark, from phone to desktop: no message on the console, no
 * request, no horizontal scrolling, no text cut off or over another in a figure, no violation that
 * axe-core finds. Ends with exit code 0 and "skipped: NAME" if something it needs is not there.
 * Build first. $CHROMIUM may name the browser; an argument, a report to check instead of a new one.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const WIDTHS_PX = [320, 400, 480, 640, 660, 800, 960, 1280];
const SCHEMES = ['light', 'dark'];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const CLI = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

const skipped = (name) => {
  console.log(`skipped: no ${name}`);
  process.exit(0);
};

function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return process.env.CHROMIUM ?? paths.find(canRun) ?? skipped('Chromium');
}

/** Runs in the page: how far it can be scrolled sideways, in pixels. */
function sidewaysPx() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}

/** Runs in the page: the texts of figures that are cut off or lie over another. */
function badTexts() {
  const found = [];
  for (const svg of document.querySelectorAll('figure svg')) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const figure = svg.closest('figure').id;
    const texts = [...svg.querySelectorAll('text')].map((one) => ({
      text: one.textContent,
      box: one.getBoundingClientRect(),
    }));
    texts.forEach(({ text, box }, i) => {
      const { left, right, top, bottom } = box;
      if (left < frame.left - 1 || right > frame.right + 1) found.push(`${figure}: cut: ${text}`);
      for (const other of texts.slice(i + 1)) {
        const across = Math.min(right, other.box.right) - Math.max(left, other.box.left);
        const down = Math.min(bottom, other.box.bottom) - Math.max(top, other.box.top);
        if (across > 1 && down > 2) found.push(`${figure}: ${text} over ${other.text}`);
      }
    });
  }
  return found;
}

async function check(browser, axeSource, url, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const found = [];
  page.on('console', (message) => found.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => found.push(`error: ${error.message}`));
  page.on('request', (one) => one.url() === url || found.push(`request: ${one.url()}`));
  await page.goto(url);
  const sideways = await page.evaluate(sidewaysPx);
  if (sideways > 0) found.push(`scrolls sideways by ${sideways} px`);
  found.push(...(await page.evaluate(badTexts)));
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  found.push(...violations.map(({ id, nodes }) => `axe: ${id}: ${nodes[0]?.html}`));
  await context.close();
  return found;
}

const { chromium } = await import('playwright-core').catch(() => skipped('playwright-core'));
const { default: axe } = await import('axe-core').catch(() => skipped('axe-core'));
const executablePath = findBrowser();
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-browser-'));
let browser;
let failed = false;
try {
  const file = process.argv[2] ?? join(folder, 'report.html');
  if (process.argv[2] === undefined) {
    // Whole runs, as claims are judged over all of their time.
    const args = [CLI, 'report', 'all', '--seeds', '2', '--quiet', '-o', file];
    execFileSync(process.execPath, args, { stdio: 'inherit' });
  }
  const url = pathToFileURL(resolve(file)).href;
  // Without its sandbox Chromium starts for root, too; the page is our own.
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS_PX) {
      const found = await check(browser, axe.source, url, width, scheme);
      if (found.length > 0) failed = true;
      console.log(`${found.length === 0 ? 'ok' : 'FAILED'}: ${width} px, ${scheme}`);
      for (const one of found) console.log(`  ${one}`);
    }
  }
} finally {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
