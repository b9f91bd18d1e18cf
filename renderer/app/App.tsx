import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Entrance } from './Entrance.tsx';
import { tellProblem } from './notify.ts';
import { createQueryClient, createRpcClient, TRPCProvider } from './rpc.ts';
import { SessionContext } from './session-context.ts';
import { SessionStore } from './session-store.ts';
import { cssVariables, theme } from './theme.ts';

/** Builds what lives as long as the window, once, and hands it down. */
export function App() {
  const [session] = useState(() => new SessionStore());
  const [queryClient] = useState(() => createQueryClient(session, tellProblem));
  const [rpcClient] = useState(() => createRpcClient(session));
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <SessionContext value={session}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={rpcClient} queryClient={queryClient}>
            <ModalsProvider labels={{ confirm: 'Lanjutkan', cancel: 'Batal' }}>
              {/* Over the menu, where neither a title nor a button of any dialog or screen stands. */}
              <Notifications
                position="bottom-left"
                containerWidth="min(15rem, 28vw)"
                limit={3}
                transitionDuration={0}
              />
              <Entrance />
            </ModalsProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </SessionContext>
    </MantineProvider>
  );
}
