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
