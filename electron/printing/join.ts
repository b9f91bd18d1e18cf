/** Papers one behind the other in one PDF; each keeps its own pages, foot and number. */
export async function joinPapers(title: string, papers: readonly Uint8Array[]): Promise<Uint8Array> {
  const { PDFDocument } = await import('pdf-lib');
  const joined = await PDFDocument.create();
  joined.setTitle(title);
  joined.setCreator('Mutakhir');
  joined.setProducer('Mutakhir');
  joined.setLanguage('id-ID');
  for (const paper of papers) {
    const part = await PDFDocument.load(paper);
    for (const page of await joined.copyPages(part, part.getPageIndices())) joined.addPage(page);
  }
  return joined.save();
}
