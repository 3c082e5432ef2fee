import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env['COUNTINGHOUSE_URL'] ?? 'http://127.0.0.1:4000'
const served = [
  '/organizations',
  '/console',
  '/auth',
  '/oauth',
  '/openapi.json',
  '/downloads',
  '/docs',
  '/reference',
]

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    cssTarget: ['chrome111', 'firefox113', 'safari16.4'],
    sourcemap: false,
    // The content security policy of the server allows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // A file for each module that two pages share would be hundreds of requests, each as long as
        // a small module. So what is used together comes together; the libraries of every page are
        // apart because they change seldom. A group takes along what its modules import, unless a
        // group above has it.
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 9 },
            { name: 'start', tags: ['$initial'], priority: 8 },
            { name: 'dashboard', test: /app\/dashboard\/dashboard\.tsx$/, priority: 7 },
            { name: 'session', test: /app\/session\/login\.tsx$/, priority: 6 },
            { name: 'shell', test: /app\/(overlays|frame\/top-menus)\.tsx$/, priority: 5 },
            { name: 'lists', test: /kit\/list\/list-page\.tsx$/, priority: 4 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      served.map((path) => [
        path,
        { target: server, changeOrigin: true, headers: { origin: server } },
      ]),
    ),
  },
})
