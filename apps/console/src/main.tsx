import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './app/fonts/fonts.css'
import './app/mantine.css'
import './app/tokens.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from './app/router.tsx'
import { followOtherTabs } from './app/session/signed-out.ts'
import { cssVariables, theme } from './app/theme.ts'
import { queryClient } from './kit/query/client.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

followOtherTabs()

const colorScheme = localStorageColorSchemeManager({ key: 'countinghouse-color-scheme' })

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
