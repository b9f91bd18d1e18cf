import { printVerificationForms } from '../../electron/printing/verification-form.ts';
import { fonts } from '../fixtures/papers.ts';
import { twoPageForms } from './print-forms.ts';

/** A thousand forms in a process of their own: what they take of the machine's memory at most. */
export interface PrintMeasured {
  peakMb: number;
}

const pdf = await printVerificationForms(twoPageForms(1_000), fonts);
if (pdf.length === 0) throw new Error('Nothing was printed.');
const measured: PrintMeasured = { peakMb: process.resourceUsage().maxRSS / 1024 };
console.log(JSON.stringify(measured));
