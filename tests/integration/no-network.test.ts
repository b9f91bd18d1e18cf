import { createServer } from 'node:http';
import { chromium } from '@playwright/test';
import { expect, it } from 'vitest';
import { chromiumLaunch } from '../chromium.ts';

it('journeys, papers and the shell are drawn by a browser that reaches this computer alone', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.host);
    response.setHeader('access-control-allow-origin', '*').end('ada');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const reach = (host: string) =>
      page.evaluate(async (url) => (await fetch(url).catch(() => null)) !== null, `http://${host}:${port}/`);
    expect(await reach('127.0.0.1')).toBe(true);
    expect(await reach('localhost')).toBe(true);
    // Both lead here where nothing stands in the way, and so would show it also where there is no network.
    expect(await reach('fonts.localhost')).toBe(false);
    expect(await reach('127.0.0.2')).toBe(false);
    expect(new Set(asked)).toEqual(new Set([`127.0.0.1:${port}`, `localhost:${port}`]));
  } finally {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
