import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { AppError } from '../../shared/errors.ts';
import { problemResponse } from './problem.ts';

/** Addresses the screen's own router answers, such as /pendaftaran/baru: no dots, nothing encoded. */
const screenAddress = /^\/[\w/-]*$/;

/**
 * Serves the built screen. `serveStatic` refuses every path that leaves the folder; what is no file
 * but looks like a screen gets index.html, so that a reload stays where it was.
 *
 * @param folder absolute path of dist/renderer
 */
export function createAssets(folder: string): Hono {
  const assets = new Hono();
  assets.use(async (c, next) => {
    await next();
    // Vite puts a hash of the content into the names below /assets/, so those may be kept for ever.
    const hashed = c.res.ok && c.req.path.startsWith('/assets/');
    c.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-store');
  });
  assets.get('*', serveStatic({ root: folder }), async (c) => {
    if (!screenAddress.test(c.req.path)) return problemResponse(new AppError('not_found'));
    return c.html(await readFile(join(folder, 'index.html'), 'utf8'));
  });
  assets.all('*', () => problemResponse(new AppError('not_found')));
  return assets;
}
