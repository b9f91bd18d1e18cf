import { Loader, Text, Title, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { AttachmentInfo } from '../../../shared/contract/attachments.ts';
import type { InstrumentOption } from '../../../shared/domain/instrument.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { postFile } from '../../app/files.ts';
import { problemOf } from '../../app/problem.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { ChooseFile } from '../../components/ChooseFile.tsx';
import { scalePhoto } from '../attachments/scale-photo.ts';
import { Thumbnail } from '../attachments/Thumbnail.tsx';
import { useAttachment } from '../attachments/use-attachment.ts';
import classes from './EntryScreen.module.css';
import { words } from './words.ts';

interface PhotoSectionProps {
  caseId: string;
  /** The photos that the visit should bring. */
  photos: readonly InstrumentOption[];
  /** What is kept with the case already. */
  files: readonly AttachmentInfo[];
  editable: boolean;
  onAdded: (file: AttachmentInfo) => void;
}

/** The photos of the visit, a box each: its picture, or what is missing; Enter adds or opens one. */
export function PhotoSection({ photos, files, ...rest }: PhotoSectionProps) {
  return (
    <section className={classes.section} aria-labelledby="photos-title">
      <Title order={2} id="photos-title">
        {words.photos}
      </Title>
      <Text size="sm" c="dimmed">
        {rest.editable ? words.photosHelp : words.photosHelpClosed}
      </Text>
      <ul className={classes.photos}>
        {photos.map((photo) => (
          <li key={photo.code}>
            <PhotoBox
              photo={photo}
              file={files.findLast(({ slot }) => slot === photo.code) ?? null}
              {...rest}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Id of the box of a photo, to which the screen leads. */
export function photoId(code: string): string {
  return `foto-${code}`;
}

function PhotoBox({
  photo,
  file,
  caseId,
  editable,
  onAdded,
}: Omit<PhotoSectionProps, 'photos' | 'files'> & { photo: InstrumentOption; file: AttachmentInfo | null }) {
  const session = useSessionStore();
  const attach = useMutation({
    meta: { quiet: true },
    mutationFn: async (chosen: File) => {
      const form = new FormData();
      form.set('caseId', caseId);
      form.set('slot', photo.code);
      form.set('file', await scalePhoto(chosen));
      return AttachmentInfo.parse(await postFile(session, '/files/attachment', form, null));
    },
    onSuccess: onAdded,
  });
  if (file !== null) return <KeptPhoto photo={photo} file={file} />;
  return (
    <>
      <ChooseFile onChoose={(chosen) => attach.mutate(chosen)}>
        {(props) => (
          <UnstyledButton
            {...props}
            id={photoId(photo.code)}
            className={classes.photo}
            data-missing
            disabled={!editable || attach.isPending}
            aria-label={words.addPhoto(photo.label)}
          >
            <span className={classes.picture}>{attach.isPending ? <Loader size="xs" /> : words.noPhoto}</span>
            <span>{photo.label}</span>
          </UnstyledButton>
        )}
      </ChooseFile>
      {attach.error !== null && (
        <Text size="xs" c="red" role="alert">
          {problemOf(attach.error).message}
        </Text>
      )}
    </>
  );
}

function KeptPhoto({ photo, file }: { photo: InstrumentOption; file: AttachmentInfo }) {
  const documents = useDocuments();
  const { picture, fetch } = useAttachment(file);
  return (
    <UnstyledButton
      id={photoId(photo.code)}
      className={classes.photo}
      aria-label={words.lookAtPhoto(photo.label)}
      onClick={() => documents.showFile(photo.label, fetch)}
    >
      <span className={classes.picture}>
        {picture === undefined ? file.name : <Thumbnail blob={picture} className={classes.image} />}
      </span>
      <span>{photo.label}</span>
    </UnstyledButton>
  );
}
