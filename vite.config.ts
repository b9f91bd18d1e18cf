import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the screen into dist/renderer; the office serves it from there through every door. */
export default defineConfig({
  root: 'renderer',
  plugins: [
    react(),
    // What a key does not change is not drawn again: ADR 29.
    babel({ parallel: true, include: /\/renderer\/.*\.tsx?$/, presets: [reactCompilerPreset()] }),
  ],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // Mantine's light-dark() colours break with Vite's default target.
    target: 'chrome140',
    chunkSizeWarningLimit: 2000,
    assetsInlineLimit: 0,
  },
});
