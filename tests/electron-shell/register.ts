import { registerHooks } from 'node:module';

/** Loaded before main.ts: `import … from 'electron'` gets the stand-in instead of the runtime. */
const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context);
  },
});
