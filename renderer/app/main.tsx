import '@mantine/core/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@fontsource-variable/inter/index.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configureIssueWords } from '../../shared/issue-words.ts';
import { startLayerWatch } from './actions/layer-watch.ts';
import { App } from './App.tsx';
import { applyTextSize, readTextSize } from './appearance.ts';

configureIssueWords();
startLayerWatch();
applyTextSize(readTextSize());
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
