/** The frame around a page of documentation: bar, contents, text, what stands on the page. */
import { bar } from './documentation-bar.ts'
import { type Chapter, type Library, search, type Topic } from './documentation-library.ts'
import { escapeHtml, type Heading, type Text } from './documentation-text.ts'

type Page = {
  title: string
  body: string
  library: Library
  current?: Topic
  headings?: Heading[]
  asked?: string
}

export function topicPage(library: Library, topic: Topic, { html, headings }: Text): string {
  const chapter = library.chapters.find(({ topics }) => topics.includes(topic))
  const body = `<p class="chapter">${escapeHtml(chapter?.title ?? '')}</p>${html}${neighbours(library, topic)}`
  return layOut({ title: topic.title, body, library, current: topic, headings })
}

export function welcomePage(library: Library): string {
  const [first, ...others] = library.chapters.filter(({ isAside }) => !isAside)
  const body = `<h1>Documentation</h1>
<p class="lead">How to measure usage, price it, and bill it, by mouse and by API. Every guide stands alone.</p>
<ol class="start">${(first?.topics ?? []).map(card).join('')}</ol>
<div class="chapters">${others.map(chapterList).join('')}
<section><h2>Reference</h2><dl><dt><a href="/reference">API reference</a></dt><dd>Every call and every field, to try out in the browser.</dd><dt><a href="/openapi.json">openapi.json</a></dt><dd>The same for programs that make clients.</dd></dl></section></div>`
  return layOut({ title: 'Documentation', body, library })
}

export function resultsPage(library: Library, asked: string): string {
  const found = search(library, asked)
  const heading = `<h1>${found.length === 0 ? 'Nothing found' : 'Found'} for “${escapeHtml(asked)}”</h1>`
  const words = asked.split(/\s+/).filter(Boolean)
  const items = found.map(
    ({ path, title, heading: under, anchor, text }) =>
      `<li><a href="/docs/${path}${anchor && `#${anchor}`}">${escapeHtml(title)}${under && ` <span>› ${escapeHtml(under)}</span>`}</a><p>${excerpt(text, words)}</p></li>`,
  )
  const body =
    found.length === 0
      ? `${heading}<p>Try another word, or look through the contents.</p>`
      : `${heading}<ol class="found">${items.join('')}</ol>`
  return layOut({ title: `Search for “${asked}”`, body, library, asked })
}

function layOut({ title, body, library, current, headings = [], asked = '' }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Countinghouse</title>
<link rel="icon" href="/docs/mark.svg" type="image/svg+xml">
<script src="/docs/color-scheme.js"></script>
<link rel="stylesheet" href="/docs/style.css">
<script src="/docs/script.js" defer></script>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
${bar({ asked, current: 'guides', hasContents: true })}
<nav id="contents" aria-label="Contents">${library.chapters.map((chapter) => contents(chapter, current)).join('')}</nav>
<main id="text" tabindex="-1">${body}</main>
${onThisPage(headings)}
</body>
</html>
`
}

function contents({ title, topics, isAside }: Chapter, current: Topic | undefined): string {
  const links = topics
    .map((topic) => {
      const mark = topic === current ? ' aria-current="page"' : ''
      return `<li><a href="/docs/${topic.path}"${mark}>${escapeHtml(topic.title)}</a></li>`
    })
    .join('')
  const open = current !== undefined && topics.includes(current) ? ' open' : ''
  return isAside
    ? `<details${open}><summary>${escapeHtml(title)}</summary><ul>${links}</ul></details>`
    : `<h2>${escapeHtml(title)}</h2><ul>${links}</ul>`
}

/** One heading needs no list. */
function onThisPage(headings: Heading[]): string {
  if (headings.length < 2) return ''
  const links = headings.map(
    ({ text, anchor }) => `<li><a href="#${anchor}">${escapeHtml(text)}</a></li>`,
  )
  return `<aside aria-label="On this page"><h2>On this page</h2><ul>${links.join('')}</ul></aside>`
}

function neighbours({ topics }: Library, topic: Topic): string {
  const at = topics.indexOf(topic)
  const link = (name: string, word: string, other: Topic | undefined) =>
    other
      ? `<a class="${name}" href="/docs/${other.path}"><span>${word}</span>${escapeHtml(other.title)}</a>`
      : '<span></span>'
  return `<footer>${link('before', 'Before', topics[at - 1])}${link('next', 'Next', topics[at + 1])}</footer>`
}

function card({ path, title, about }: Topic): string {
  return `<li><a href="/docs/${path}"><strong>${escapeHtml(title)}</strong>${escapeHtml(sentence(about))}</a></li>`
}

function chapterList({ title, topics }: Chapter): string {
  const entries = topics.map(
    ({ path, title: name, about }) =>
      `<dt><a href="/docs/${path}">${escapeHtml(name)}</a></dt><dd>${escapeHtml(sentence(about))}</dd>`,
  )
  return `<section><h2>${escapeHtml(title)}</h2><dl>${entries.join('')}</dl></section>`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The text around the first word that was asked for, with all of them marked. */
function excerpt(text: string, words: string[]): string {
  const lower = text.toLowerCase()
  const places = words.map((word) => lower.indexOf(word.toLowerCase())).filter((at) => at >= 0)
  const at = places.length === 0 ? 0 : Math.min(...places)
  const from = at < 60 ? 0 : text.indexOf(' ', at - 60) + 1
  const last = text.length <= from + 220 ? text.length : text.lastIndexOf(' ', from + 220)
  const shown = text.slice(from, last)
  const marks = new RegExp(words.map(RegExp.escape).join('|'), 'gi')
  let html = from > 0 ? '… ' : ''
  let end = 0
  for (const match of shown.matchAll(marks)) {
    html += `${escapeHtml(shown.slice(end, match.index))}<mark>${escapeHtml(match[0])}</mark>`
    end = match.index + match[0].length
  }
  return `${html}${escapeHtml(shown.slice(end))}${last < text.length ? ' …' : ''}`
}
