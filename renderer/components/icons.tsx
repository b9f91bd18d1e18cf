import type { ReactNode } from 'react';

/**
 * The program's few icons, drawn here so that no icon library is needed. Each is decoration: the
 * word beside it, or the label of its button, says what it means.
 */
function Icon({ children, size = 16 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      width={`${size / 16}rem`}
      height={`${size / 16}rem`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      {children}
    </svg>
  );
}

interface IconProps {
  /** Pixels at normal text size; grows with the text. */
  size?: number;
}

export type IconComponent = (props: IconProps) => ReactNode;

export function SearchIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </Icon>
  );
}

export function EyeIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
      <circle cx="8" cy="8" r="2" />
    </Icon>
  );
}

export function EyeOffIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3 5.500C2 6.7 1.5 8 1.5 8S4 12.5 8 12.500c1.2 0 2.2-.4 3.1-.9M5.5 3.900A6 6 0 0 1 8 3.500C12 3.5 14.5 8 14.5 8s-.5 1-1.5 2.100M2 2l12 12" />
    </Icon>
  );
}

export function UnequalIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3 6h10M3 10h10M10.5 3l-5 10" />
    </Icon>
  );
}

export function HomeIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 7.5 8 2.500l6 5M3.5 6.500v7h9v-7M6.5 13.500v-4h3v4" />
    </Icon>
  );
}

export function PlusIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 3v10M3 8h10" />
    </Icon>
  );
}

export function InboxIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 9.5 4 3h8l2 6.500V13H2V9.500ZM2 9.500h3.500L6.5 11h3l1-1.500H14" />
    </Icon>
  );
}

export function FolderIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 4.500V13h12V5.500H8L6.5 3.500H2v1Z" />
    </Icon>
  );
}

export function ClipboardIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.5 3H3.500v11h9V3h-2M5.5 2h5v2.500h-5V2ZM5.5 8l1.5 1.500L10.5 6.5" />
    </Icon>
  );
}

export function CompareIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 5h9.500M9 2.5 11.5 5 9 7.500M14 11H4.500M7 8.5 4.5 11 7 13.5" />
    </Icon>
  );
}

export function ChartIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.5 2.500v11h11M5.5 11V8M8.5 11V5.500M11.5 11V7" />
    </Icon>
  );
}

export function ListIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01" />
    </Icon>
  );
}

export function SendIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M14 2 1.5 6.500l5 2.5 2.5 5L14 2ZM6.5 9 14 2" />
    </Icon>
  );
}

export function PeopleIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="6" cy="5" r="2.5" />
      <path d="M1.5 13.500c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M11 2.800a2.5 2.5 0 0 1 0 4.400M12.5 9.900c1.3.6 2 1.9 2 3.6" />
    </Icon>
  );
}

export function GearIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 5h6M12 5h2M2 11h2M8 11h6" />
      <circle cx="10" cy="5" r="2" />
      <circle cx="6" cy="11" r="2" />
    </Icon>
  );
}

export function PrintIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4.5 6V2.500h7V6M4.5 11.500H2V6h12v5.500h-2.500M4.5 9.500h7v4h-7v-4Z" />
    </Icon>
  );
}

export function LockIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3.5 7.500h9v6h-9v-6ZM5.5 7.500V5a2.5 2.5 0 0 1 5 0v2.5" />
    </Icon>
  );
}

export function CloseIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}

export function CheckIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m3 8.5 3.5 3.500L13 4.5" />
    </Icon>
  );
}

export function MinusIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4 8h8" />
    </Icon>
  );
}

export function AlertIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 2.5 14.5 13.500h-13L8 2.500ZM8 6.500V9.500M8 11.500h.01" />
    </Icon>
  );
}

export function MenuIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 4h12M2 8h12M2 12h12" />
    </Icon>
  );
}

export function SunIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.500v1M8 13.500v1M1.5 8h1M13.5 8h1M3.4 3.400l.7.7M11.9 11.900l.7.7M3.4 12.600l.7-.7M11.9 4.100l.7-.7" />
    </Icon>
  );
}

export function ChevronIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m6 3.5 4.5 4.500L6 12.5" />
    </Icon>
  );
}

export function TextSizeIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M1.5 12.5 5 4h.5L9 12.5M2.7 9.5h5.1M10 12.5 12 7.5h.5l2 5M10.8 10.5h2.9" />
    </Icon>
  );
}

export function KeyIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="5" cy="11" r="2.5" />
      <path d="m7 9 6.5-6.5M11 5l2 2" />
    </Icon>
  );
}

export function UndoIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.5 2.5 2.500 5.500l3 3M2.500 5.500h7a4 4 0 0 1 0 8h-4" />
    </Icon>
  );
}

export function LeaveIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M9.5 2.5h-6v11h6M6.5 8H14M11.5 5.5 14 8l-2.5 2.5" />
    </Icon>
  );
}

export function CalendarIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.5 3.500h11v10h-11v-10ZM2.5 6.500h11M5.5 2v3M10.5 2v3" />
    </Icon>
  );
}

export function SpeechIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 3h12v8H8l-3 3v-3H2V3ZM5 6h6M5 8.500h4" />
    </Icon>
  );
}
