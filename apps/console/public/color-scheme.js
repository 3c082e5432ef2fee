// Runs before the first paint, so that a reader in the dark is not met by a white page.
;(() => {
  let chosen = 'auto'
  try {
    chosen = localStorage.getItem('countinghouse-color-scheme') || 'auto'
  } catch {
    // Storage may be switched off; the system's setting is then used.
  }
  const dark =
    chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
