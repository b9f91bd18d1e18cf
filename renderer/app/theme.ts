import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent: a teal deep enough that white text on it, and it on white, can be read. */
const teal: MantineColorsTuple = [
  '#e9f7f4',
  '#d2ece6',
  '#a6d9ce',
  '#76c5b4',
  '#4fb49f',
  '#36a98f',
  '#1d9480',
  '#0f7f69',
  '#0b6e5b',
  '#065748',
];

/** Mantine's red with the filled shade dark enough that white text on it can be read. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#fa5252',
  '#c92a2a',
  '#b72525',
  '#a61e1e',
];

export const theme = createTheme({
  colors: { teal, red },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, monospace',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Label above, the field, then help in one grey line, then the error in words.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    // Named, so that what stands on a button can take its colour.
    Button: { defaultProps: { variant: 'filled' } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 0 },
        centered: true,
        closeButtonProps: { 'aria-label': 'Tutup' },
        overlayProps: { backgroundOpacity: 0.35 },
      },
      styles: { title: { fontWeight: 600 } },
    },
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Tutup pemberitahuan' } },
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    },
    // Nothing glides (global.css), and what waits for the end of it would wait for ever.
    Accordion: { defaultProps: { transitionDuration: 0 } },
    Collapse: { defaultProps: { transitionDuration: 0 } },
    Fieldset: { styles: { root: { marginInline: 0 }, legend: { fontWeight: 600 } } },
    // A table that scrolls can be scrolled by arrow keys, also where it holds no control.
    TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true } },
    Paper: { defaultProps: { withBorder: true } },
    PasswordInput: {
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Tampilkan kata sandi' } },
    },
  },
});

/** Mantine's grey and red are too light to read as small text; these reach 4.5:1 on their ground. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59636d',
    '--mantine-color-placeholder': '#646d76',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#0b6e5b',
    '--mantine-color-orange-light': '#fff1df',
    '--mantine-color-orange-light-color': '#b34d0c',
    '--mutakhir-ground': '#f6f7f8',
  },
  dark: {
    '--mantine-color-dimmed': '#a5adb5',
    '--mantine-color-placeholder': '#969ea6',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#76c5b4',
    '--mutakhir-ground': '#1b1c1e',
  },
});
