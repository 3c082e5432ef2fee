/** The frame around a page of documentation: contents, search, text. */

export type Topic = { id: string; path: string; title: string; section: string; markdown: string }

export type Page = {
  title: string
  body: string
  topics: Topic[]
  current?: string
  asked?: string
}

export function layOut({ title, body, topics, current, asked = '' }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Countinghouse</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<nav aria-label="Documentation">
<a class="home" href="/docs">Countinghouse</a>
<form action="/docs" role="search"><input type="search" name="q" value="${escapeHtml(asked)}" placeholder="Search" aria-label="Search the documentation"></form>
${sections(topics, current)}
<p class="elsewhere"><a href="/">Console</a> · <a href="/reference">API reference</a></p>
</nav>
<main>${body}</main>
</body>
</html>
`
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function sections(topics: Topic[], current: string | undefined): string {
  const names = [...new Set(topics.map(({ section }) => section))]
  return names
    .map((name) => {
      const links = topics
        .filter(({ section }) => section === name)
        .map(({ path, title }) => {
          const mark = path === current ? ' aria-current="page"' : ''
          return `<li><a href="/docs/${path}"${mark}>${escapeHtml(title)}</a></li>`
        })
      return `<h2>${escapeHtml(name.charAt(0).toUpperCase() + name.slice(1))}</h2><ul>${links.join('')}</ul>`
    })
    .join('')
}

export const documentationStyle = `
:root { --text: #1d2330; --quiet: #5b6474; --line: #e3e6eb; --ground: #fff; --panel: #f7f8fa; --accent: #2356c7; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e7ee; --quiet: #9aa3b5; --line: #2b313d; --ground: #14171d; --panel: #1a1e26; --accent: #8fb0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); min-height: 100vh;
  font: 16px/1.6 Inter, system-ui, sans-serif; color: var(--text); background: var(--ground); }
nav { padding: 1.5rem; border-right: 1px solid var(--line); background: var(--panel); font-size: 0.9rem; }
nav .home { font-weight: 650; color: var(--text); font-size: 1.05rem; }
nav h2 { font-size: 0.75rem; letter-spacing: 0.04em; color: var(--quiet); margin: 1.5rem 0 0.25rem; text-transform: uppercase; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.2rem 0; color: var(--text); }
nav li a[aria-current] { color: var(--accent); font-weight: 600; }
nav input { width: 100%; margin-top: 1rem; padding: 0.45rem 0.6rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--ground); color: var(--text); font: inherit; }
.elsewhere { margin-top: 2rem; color: var(--quiet); }
main { max-width: 48rem; padding: 2.5rem 3rem 5rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1rem; letter-spacing: -0.01em; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 0.5rem; }
main table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; font-size: 0.92rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
code, pre { font-family: 'JetBrains Mono', ui-monospace, monospace; font-size: 0.88em; }
code { background: var(--panel); border-radius: 4px; padding: 0.1em 0.3em; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; overflow-x: auto; }
pre code { background: none; padding: 0; }
.topics { list-style: none; padding: 0; }
.topics li { padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
.topics p { margin: 0.15rem 0 0; color: var(--quiet); font-size: 0.92rem; }
@media (max-width: 48rem) { body { display: block; } nav { border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1.5rem; } }
`
