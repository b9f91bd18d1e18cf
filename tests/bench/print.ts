import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Browser, chromium } from '@playwright/test';
import { z } from 'zod';
import { qrSide } from '../../electron/printing/form/heads.ts';
import { margin, papers } from '../../electron/printing/paper.ts';
import { type FormBatch, printVerificationForms } from '../../electron/printing/verification-form.ts';
import { type Job, JobPool } from '../../electron/jobs/job-pool.ts';
import type { PrintOrder } from '../../electron/jobs/print-order.ts';
import { chromiumLaunch } from '../chromium.ts';
import { fonts } from '../fixtures/papers.ts';
import { pageSizes, rasterise, readQr } from '../fixtures/pdf.ts';
import type { PrintMeasured } from './print-child.ts';
import { twoPageForms, wholeForms } from './print-forms.ts';
import { formsAsHtml } from './print-html.ts';
import type { Measurement, Suite } from './suite.ts';

const forms = 500;
const byChromium = 30;

/**
 * Stacks of verification forms, as the office makes them: in the worker of the press, while its own
 * thread answers others. Beside it, in the same run, the same forms by Chromium's page-to-PDF.
 */
export const printSuite: Suite = {
  name: 'print',
  runs: 3,
  prepare: async () => {
    const browser = await chromium.launch(chromiumLaunch());
    const press = new JobPool({
      logFailure: (cause) => {
        throw cause;
      },
    });
    await fill(press, twoPageForms(2));
    return {
      run: async () => {
        const two = await fill(press, twoPageForms(forms));
        const whole = await fill(press, wholeForms(forms));
        const chrome = await formsPerSecondOfChromium(browser);
        return [
          {
            metric: 'two_page_forms',
            value: forms / two.seconds,
            unit: 'forms/s',
            bar: 100,
            better: 'higher',
          },
          { metric: 'whole_forms', value: forms / whole.seconds, unit: 'forms/s' },
          { metric: 'chromium_two_page_forms', value: chrome, unit: 'forms/s' },
          {
            metric: 'times_chromium',
            value: forms / two.seconds / chrome,
            unit: '×',
            bar: 4,
            better: 'higher',
          },
          // A frame drawn late is seen from 100 ms on.
          { metric: 'office_waited_at_most', value: two.longestWaitMs, unit: 'ms', bar: 100 },
          { metric: 'progress_steps', value: two.steps, unit: 'steps' },
          { metric: 'stopped_within', value: await stopHalfway(press), unit: 'ms', bar: 1_000 },
          { metric: 'peak_at_1000_forms', value: peak().peakMb, unit: 'MB', bar: 400 },
          ...(await lookAtPaper()),
        ];
      },
      cleanUp: async () => {
        await press.close();
        await browser.close();
      },
    };
  },
};

function start(press: JobPool, batch: FormBatch): Job {
  return press.start({
    kind: 'bench',
    worker: new URL('../../electron/jobs/print-worker.ts', import.meta.url),
    ownerId: 'bench',
    input: { batch, fonts } satisfies PrintOrder,
    stopped: 'print_cancelled',
  });
}

async function fill(
  press: JobPool,
  batch: FormBatch,
): Promise<{ seconds: number; longestWaitMs: number; steps: number }> {
  const begun = performance.now();
  const job = start(press, batch);
  // What the office's own thread is kept from while the order goes out, and while the PDF comes in.
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const seen = new Set<number>();
  while (job.state === 'menunggu' || job.state === 'berjalan') {
    await pause(10);
    seen.add(job.done);
  }
  delay.disable();
  if (job.state !== 'selesai') throw new Error(`The press ended as ${job.state}.`);
  return { seconds: (performance.now() - begun) / 1000, longestWaitMs: delay.max / 1e6, steps: seen.size };
}

async function stopHalfway(press: JobPool): Promise<number> {
  const job = start(press, wholeForms(forms));
  while (job.done < forms / 4 && job.state !== 'selesai') await pause(5);
  const asked = performance.now();
  press.cancel(job);
  await press.ended(job);
  if (job.state !== 'dihentikan') throw new Error(`Stopped, the press ended as ${job.state}.`);
  return performance.now() - asked;
}

async function formsPerSecondOfChromium(browser: Browser): Promise<number> {
  const pages = await formsAsHtml(twoPageForms(byChromium));
  const page = await browser.newPage();
  const begun = performance.now();
  for (const html of pages) {
    await page.setContent(html);
    await page.pdf({ preferCSSPageSize: true });
  }
  const seconds = (performance.now() - begun) / 1000;
  await page.close();
  return byChromium / seconds;
}

function peak(): PrintMeasured {
  const out = execFileSync(process.execPath, ['tests/bench/print-child.ts'], { encoding: 'utf8' });
  return z.object({ peakMb: z.number() }).parse(JSON.parse(out));
}

/** At the resolution of an office scanner: what every barcode says, and where it lies. */
async function lookAtPaper(): Promise<Measurement[]> {
  const batch = wholeForms(12);
  const pdf = await printVerificationForms(batch, fonts);
  const codes = new Set(batch.forms.map((form) => form.sheetCode));
  const { width } = papers[batch.paper];
  const region = { left: width - 60, top: 0, width: 60, height: 60 };
  const pages = rasterise(pdf, 200, region);
  let unread = (await pageSizes(pdf)).length - pages.length;
  let error = 0;
  for (const picture of pages) {
    const qr = readQr(picture);
    if (qr === null || !codes.has(qr.text)) {
      unread += 1;
      continue;
    }
    error = Math.max(
      error,
      Math.abs(region.left + mm(qr.left) - (width - margin - qrSide)),
      Math.abs(mm(qr.top) - margin),
      Math.abs(mm(qr.side) - qrSide),
    );
  }
  return [
    { metric: 'barcodes_not_read', value: unread, unit: 'pages', bar: 0 },
    { metric: 'off_the_design_at_most', value: error, unit: 'mm', bar: 0.5 },
  ];
}

function mm(pixels: number): number {
  return (pixels * 25.4) / 200;
}
