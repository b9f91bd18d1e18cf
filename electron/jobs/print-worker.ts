import { AppError } from '../../shared/errors.ts';
import { printVerificationForms } from '../printing/verification-form.ts';
import { PrintOrder } from './print-order.ts';
import { runWorker } from './run-worker.ts';

await runWorker(async (input, { signal, progress }) => {
  const { batch, fonts } = PrintOrder.parse(input);
  try {
    return await printVerificationForms(batch, fonts, {
      signal,
      onProgress: (done, total) => progress(done, total, 'Membuat formulir'),
    });
  } catch (error) {
    if (signal.aborted) throw new AppError('print_cancelled');
    throw error;
  }
});
