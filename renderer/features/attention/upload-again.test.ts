import { describe, expect, it } from 'vitest';
import { attachmentLimit } from '../../../shared/contract/attachments.ts';
import { describeError, type ErrorCode } from '../../../shared/errors.ts';
import { ProblemError } from '../../app/problem.ts';
import { uploadAgain } from './upload-again.ts';

const large = new File(['foto dari kamera'], 'foto.jpg');
const small = new File(['foto kecil'], 'foto.jpg');
const toSmall = () => Promise.resolve(small);

/** An office that takes this file alone, and says this of every other. */
function officeOf(right: File | null, code: ErrorCode = 'other_file') {
  const sent: File[] = [];
  return {
    sent,
    send: (file: File) => {
      sent.push(file);
      return file === right
        ? Promise.resolve()
        : Promise.reject(new ProblemError({ ...describeError(code), fields: [] }));
    },
  };
}

describe('the same file once more', () => {
  it('goes as it was scaled down', async () => {
    const { sent, send } = officeOf(small);
    await uploadAgain(large, toSmall, send);
    expect(sent).toEqual([small]);
  });

  it('goes as it is, where that was the one', async () => {
    const { sent, send } = officeOf(large);
    await uploadAgain(large, toSmall, send);
    expect(sent).toEqual([small, large]);
  });

  it('is told of where it is another, once for what is not scaled', async () => {
    const { sent, send } = officeOf(null);
    await expect(uploadAgain(large, toSmall, send)).rejects.toThrow(describeError('other_file').message);
    await expect(uploadAgain(small, toSmall, send)).rejects.toThrow(describeError('other_file').message);
    expect(sent).toEqual([small, large, small]);
  });

  it('goes no second time for anything else, nor where the office takes none so large', async () => {
    const unreachable = officeOf(null, 'office_unreachable');
    await expect(uploadAgain(large, toSmall, unreachable.send)).rejects.toThrow(ProblemError);
    expect(unreachable.sent).toEqual([small]);
    const tooLarge = new File([new Uint8Array(attachmentLimit + 1)], 'foto.jpg');
    const { sent, send } = officeOf(null);
    await expect(uploadAgain(tooLarge, toSmall, send)).rejects.toThrow(describeError('other_file').message);
    expect(sent).toEqual([small]);
  });
});
